/** A value of `Action`, `NotAction`, `Resource` or `NotResource`: the text as written, and the glob that it means. */
export interface Pattern {
  readonly text: string;
  /** Trimmed; actions in lower case; `${*}`, `${?}` and `${$}` of a 2012-10-17 document as characters that are no wildcard. */
  readonly glob: string;
  /** True where the glob has a wildcard. */
  readonly wild: boolean;
  /** Actions only: the service that it names, in lower case. Undefined where a wildcard before the colon lets any service answer. */
  readonly service: string | undefined;
}

/** Private-use characters stand for a literal `*` and `?`: no ARN holds them. */
const literalStar = '\u{E000}';
const literalQuestion = '\u{E001}';

/** The pattern of an action: case does not matter, and `*:*` means `*` (AWS's sources disagree; the wider reading holds). */
export function actionPattern(text: string): Pattern {
  const lower = text.trim().toLowerCase();
  const wild = isWild(lower);
  const glob = wild && /^\*+:\*+$/.test(lower) ? '*' : lower;
  const colon = glob.indexOf(':');
  const service = colon < 0 ? glob : glob.slice(0, colon);
  return { text, glob, wild, service: wild && isWild(service) ? undefined : service };
}

const longRun = /[*?]{2}/;
const run = /[*?]+/g;

/** A run of wildcards with a star in it is a star: `?*` asks for one character more than `*`, which every name has. */
function widestOf(text: string): string {
  return longRun.test(text) ? text.replace(run, (wildcards) => (wildcards.includes('*') ? '*' : wildcards)) : text;
}

/**
 * The pattern of a resource. Only version 2012-10-17 knows `${…}`: elsewhere it is plain text with plain wildcards.
 * `widest` reads `???*` as `*`: for what grants, where a few characters more must not make a grant look narrow.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function resourcePattern(text: string, version: string, widest: boolean): Pattern {
  const trimmed = text.trim();
  const widened = widest ? widestOf(trimmed) : trimmed;
  const glob = version === '2012-10-17' && widened.includes('${') ? withLiterals(widened) : widened;
  return { text, glob, wild: isWild(glob), service: undefined };
}

function withLiterals(text: string): string {
  return text.replace(/\$\{([^{}]*)\}/g, (variable, name) =>
    name === '$' ? '$' : literal(name === '*' || name === '?' ? name : variable),
  );
}

/** A variable is one unknown text: a wildcard in its default value does not widen what it names. */
function literal(text: string): string {
  return text.replaceAll('*', literalStar).replaceAll('?', literalQuestion);
}

function isWild(glob: string): boolean {
  return glob.includes('*') || glob.includes('?');
}
