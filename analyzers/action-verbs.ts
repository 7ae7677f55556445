/** More patterns than this, and the statement is no longer a start but a list. */
const mostPatterns = 5;

/** A verb of a service: the pattern that says most of its wanted names and nothing else, and the plainest of them. */
export interface Verb {
  readonly pattern: string;
  readonly plainest: string;
}

/** A name of more words is seldom what a service is used for. */
const mostWords = 3;

/**
 * The verbs of the wanted names, by name: each as `Verb*` where every name under it is wanted, otherwise as its plainest name. A verb
 * that is a name by itself (`Publish`) is what a service is for; then come the verbs with most names.
 */
export function verbsIn(names: readonly string[], isWanted: (name: string, at: number) => boolean): Verb[] {
  const wanted = new Map<string, string[]>();
  const unwanted: string[] = [];
  for (const [at, name] of names.entries()) {
    const verb = /^[A-Z][a-z]+/.exec(name)?.[0] ?? name;
    if (!isWanted(name, at)) unwanted.push(name);
    else if (!wanted.get(verb)?.push(name)) wanted.set(verb, [name]);
  }
  const all = [...wanted].map(([verb, under]) => {
    const plainest = under.reduce((best, name) => (name.length < best.length ? name : best));
    const isOwn = under.length > 1 && !unwanted.some((name) => holds(`${verb}*`, name));
    return { pattern: isOwn ? `${verb}*` : plainest, plainest, count: under.length, isName: plainest === verb };
  });
  const plain = all.filter(({ pattern }) => wordsOf(pattern).length <= mostWords);
  const best = (plain.length > 0 ? plain : all)
    .filter((one, _, among) => !among.some((other) => other !== one && holds(other.pattern, one.pattern)))
    .toSorted((a, b) => Number(b.isName) - Number(a.isName) || b.count - a.count || a.plainest.length - b.plainest.length);
  return best.slice(0, mostPatterns).toSorted((a, b) => (a.pattern < b.pattern ? -1 : 1));
}

/** True where a name, or a pattern with `*` at its end, is that of an action; IAM compares without case. */
export function holds(pattern: string, name: string): boolean {
  const [stem, wanted] = [pattern.replace('*', '').toLowerCase(), name.toLowerCase()];
  return pattern.endsWith('*') ? wanted.startsWith(stem) : wanted === stem;
}

/** `Put`, `Object` and `ACL` of `PutObjectACL`. */
export function wordsOf(name: string): readonly string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
}
