import { matcherOf } from './wildcards.ts';

/** A value of `Action`, `NotAction`, `Resource` or `NotResource`: the text as written, and the glob that it means. */
export interface Pattern {
  readonly text: string;
  /** Trimmed; actions in lower case; `${*}`, `${?}` and `${$}` of a 2012-10-17 document as characters that are no wildcard. */
  readonly glob: string;
  /** True where the glob has a wildcard. */
  readonly wild: boolean;
  /** Actions only: the service that it names, in lower case. Undefined where a wildcard before the colon lets any service answer. */
  readonly service: string | undefined;
  /** True where it holds all that a text, which may be a pattern itself, stands for. */
  readonly covers: (text: string) => boolean;
}

/**
 * What most of a parsed document is made of. A class, since V8 gives a literal whose objects once outlived a collection, as those of one
 * long document do, a place among the long-lived for good: judging AWS's policies then takes half as long again.
 */
class ReadPattern implements Pattern {
  readonly text: string;
  readonly wild: boolean;
  readonly service: string | undefined;
  private read: string | undefined;
  private matches: ((text: string) => boolean) | undefined;

  constructor(text: string, wild: boolean, service: string | undefined, glob?: string) {
    this.text = text;
    this.wild = wild;
    this.service = service;
    this.read = glob;
  }

  /** Most actions are of services that nobody asks about any further. */
  get glob(): string {
    this.read ??= inLowerCase(this.text);
    return this.read;
  }

  covers(text: string): boolean {
    if (!this.wild) return this.glob === text;
    this.matches ??= matcherOf(this.glob);
    return this.matches(text);
  }
}

/** The glob of an action that names its service, from its text. */
export function inLowerCase(text: string): string {
  return text.trim().toLowerCase();
}

/** The length of a text without the white space around it. */
export function trimmedLength(text: string): number {
  return isLetter(text.charCodeAt(0)) && isLetter(text.charCodeAt(text.length - 1)) ? text.length : text.trim().length;
}

/** True of ASCII without white space. */
function isLetter(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** Private-use characters stand for a literal `*` and `?`: no ARN holds them. */
const literalStar = '\u{E000}';
const literalQuestion = '\u{E001}';

/** The pattern of an action: case does not matter, and `*:*` means `*` (AWS's sources disagree; the wider reading holds). */
export function actionPattern(text: string, service: string | undefined = serviceNamed(text)): Pattern {
  return new ReadPattern(text, isWild(text), service, service === undefined ? openAction(text) : undefined);
}

/** The service that an action names, in lower case; undefined where a wildcard before the colon lets any service answer. */
export function serviceNamed(text: string): string | undefined {
  let end = 0;
  while (isOfPrefix(text.charCodeAt(end))) end++;
  return text.charCodeAt(end) === colon ? text.slice(0, end) : unusualService(text);
}

const colon = 0x3a;

/** True of lower-case letters, digits and `-`, which is all that AWS's prefixes have. */
function isOfPrefix(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

function unusualService(text: string): string | undefined {
  const end = text.indexOf(':');
  const service = end < 0 ? inLowerCase(text) : text.slice(0, end).trimStart().toLowerCase();
  return isWild(service) ? undefined : service;
}

function openAction(text: string): string {
  const glob = inLowerCase(text);
  return /^\*+:\*+$/.test(glob) ? '*' : glob;
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
  return new ReadPattern(text, isWild(glob), undefined, glob);
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

/** True where a text has a wildcard. */
export function isWild(glob: string): boolean {
  return glob.includes('*') || glob.includes('?');
}
