/** A value of `Action`, `NotAction`, `Resource` or `NotResource`: the text as written, and the glob that it means. */
export interface Pattern {
  readonly text: string;
  /** Trimmed; actions in lower case; `${*}`, `${?}` and `${$}` of a 2012-10-17 document as characters that are no wildcard. */
  readonly glob: string;
}

/** Private-use characters stand for a literal `*` and `?`: no ARN holds them. */
const literalStar = '\u{E000}';
const literalQuestion = '\u{E001}';

/** The pattern of an action: case does not matter, and `*:*` means `*` (AWS's sources disagree; the wider reading holds). */
export function actionPattern(text: string): Pattern {
  const glob = text.trim().toLowerCase();
  return { text, glob: glob.startsWith('*') && /^\*+:\*+$/.test(glob) ? '*' : glob };
}

/** A run of wildcards with a star in it: `?*` asks for one character more than `*`, which every name has. */
const starredRun = /[*?]*\*[*?]*/g;

/**
 * The pattern of a resource. Only version 2012-10-17 knows `${…}`: elsewhere it is plain text with plain wildcards.
 * `widest` reads `???*` as `*`: for what grants, where a few characters more must not make a grant look narrow.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function resourcePattern(text: string, version: string, widest: boolean): Pattern {
  const trimmed = widest ? text.trim().replace(starredRun, '*') : text.trim();
  if (version !== '2012-10-17' || !trimmed.includes('${')) return { text, glob: trimmed };
  return {
    text,
    glob: trimmed.replace(/\$\{([^}]*)\}/g, (variable, name) =>
      name === '$' ? '$' : literal(name === '*' || name === '?' ? name : variable),
    ),
  };
}

/** A variable is one unknown text: a wildcard in its default value does not widen what it names. */
function literal(text: string): string {
  return text.replaceAll('*', literalStar).replaceAll('?', literalQuestion);
}
