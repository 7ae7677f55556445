/**
 * IAM's wildcards: `*` is any text, `?` any one character, and both may span `:` and `/`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */

const runs = /[*?]*\*[*?]*/g;

/** Spreads stars through each run that has one, so that `?*`, `*?` and `**` match alike from left to right. */
function spread(pattern: string): string {
  return pattern.replace(runs, (run) => {
    let questions = 0;
    for (const character of run) if (character === '?') questions++;
    return `*${'?*'.repeat(questions)}`;
  });
}

/**
 * True where every text that `inner` matches is matched by `outer` too. `inner` may be plain text: then this is plain
 * matching. Exact but for one case of no account: alphabets are taken to be unlimited, so an `outer` that lists every
 * letter in place of `?` is not seen as covering it.
 */
export function covers(outer: string, inner: string): boolean {
  if (outer === '*' || outer === inner) return true;
  const pattern = outer.includes('*') ? spread(outer) : outer;
  let p = 0;
  let i = 0;
  let star = -1;
  let resume = 0;
  while (i < inner.length) {
    const want = pattern[p];
    const have = inner[i];
    if (want === '*') {
      star = p++;
      resume = i;
    } else if (want !== undefined && (want === have || (want === '?' && have !== '*'))) {
      // A `*` of inner stands for any text: only a `*` of outer takes it, never a `?` or a letter.
      p++;
      i++;
    } else if (star >= 0) {
      p = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** True where some text is matched by both patterns. */
export function overlaps(a: string, b: string): boolean {
  let row = new Uint8Array(b.length + 1);
  row[0] = 1;
  for (let j = 0; j < b.length && b[j] === '*'; j++) row[j + 1] = 1;
  for (let i = 0; i < a.length; i++) {
    const next = new Uint8Array(b.length + 1);
    next[0] = a[i] === '*' ? (row[0] ?? 0) : 0;
    for (let j = 0; j < b.length; j++) {
      const either = a[i] === '*' || b[j] === '*';
      const same = a[i] === b[j] || a[i] === '?' || b[j] === '?';
      next[j + 1] = (either ? (row[j + 1] ?? 0) | (next[j] ?? 0) | (row[j] ?? 0) : same ? (row[j] ?? 0) : 0) as number;
    }
    row = next;
  }
  return row[b.length] === 1;
}
