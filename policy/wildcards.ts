/**
 * IAM's wildcards: `*` is any text, `?` any one character, and both may span `:` and `/`.
 * Patterns come from those who are judged, so the work is bounded: `covers` takes at most as many steps as the lengths of
 * its two patterns multiplied, whatever they hold, and `overlaps` more than the sum of them only where one has no star.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */

const star = 0x2a;
const question = 0x3f;
const run = /[*?]+/g;

/** Spreads stars through each run that has one, so that `?*`, `*?` and `**` match alike from left to right. */
function spread(pattern: string): string {
  return pattern.replace(run, (wildcards) => {
    const questions = wildcards.replaceAll('*', '').length;
    return questions === wildcards.length ? wildcards : `*${'?*'.repeat(questions)}`;
  });
}

/**
 * True where every text that `inner` matches is matched by `outer` too. `inner` may be plain text: then this is plain
 * matching. Exact but for one case of no account: alphabets are taken to be unlimited, so an `outer` that lists every
 * letter in place of `?` is not seen as covering it.
 */
export function covers(outer: string, inner: string): boolean {
  if (outer === '*' || outer === inner) return true;
  // Most pairs part at a letter before any wildcard of outer.
  const fixed = firstWildcard(outer);
  if (fixed === outer.length || !beginsAlike(outer, inner, fixed)) return false;
  if (outer.length > inner.length && asksForMore(outer, inner.length)) return false;
  // Only a `?` beside a star has to be spread, and only where inner has a star that it could meet.
  if (!inner.includes('*') || !outer.includes('?')) return matches(outer, fixed, inner, fixed, false);
  return matches(spread(outer.slice(fixed)), 0, inner, fixed, false);
}

/** As `covers`, for one pattern and many others: what is between its wildcards is sought as a whole. */
export function matcherOf(pattern: string): (inner: string) => boolean {
  // A star matches whatever the other has, and letters match letters alone; what `?` matches depends on both.
  if (pattern.includes('?')) return (inner) => covers(pattern, inner);
  const [head = '', ...chunks] = pattern.split('*');
  const tail = chunks.pop();
  if (tail === undefined) return (text) => text === pattern;
  // Most texts part at their last letter.
  const last = tail === '' ? undefined : tail.charCodeAt(tail.length - 1);
  return (text) => {
    if (last !== undefined && text.charCodeAt(text.length - 1) !== last) return false;
    const end = text.length - tail.length;
    if (end < head.length || !text.endsWith(tail) || !text.startsWith(head)) return false;
    let at = head.length;
    for (const chunk of chunks) {
      const found = text.indexOf(chunk, at);
      if (found < 0) return false;
      at = found + chunk.length;
    }
    return at <= end;
  };
}

/** True where a pattern has more characters besides its stars than a text or pattern of that length can give it. */
function asksForMore(pattern: string, length: number): boolean {
  let asked = 0;
  for (let i = 0; i < pattern.length && asked <= length; i++) if (pattern.charCodeAt(i) !== star) asked++;
  return asked > length;
}

function beginsAlike(outer: string, inner: string, length: number): boolean {
  for (let i = 0; i < length; i++) if (outer.charCodeAt(i) !== inner.charCodeAt(i)) return false;
  return true;
}

/** How many letters stand before the first wildcard. */
function firstWildcard(pattern: string): number {
  for (let i = 0; i < pattern.length; i++) {
    const code = pattern.charCodeAt(i);
    if (code === star || code === question) return i;
  }
  return pattern.length;
}

/**
 * Whether one character of a pattern takes one of another's. In containment a `*` of the other stands for any text, which only a `*`
 * takes, never a `?` or a letter; in an overlap a `?` of either takes what the other has.
 */
function takes(want: number, have: number, overlapping: boolean): boolean {
  if (want === have) return true;
  return want === question ? overlapping || have !== star : overlapping && have === question;
}

/** Matches from left to right; on a mismatch, the last star of the pattern takes one character more. */
function matches(pattern: string, from: number, text: string, start: number, overlapping: boolean): boolean {
  let p = from;
  let i = start;
  let lastStar = -1;
  let resume = 0;
  while (i < text.length) {
    const want = pattern.charCodeAt(p);
    if (want === star) {
      lastStar = p++;
      resume = i;
    } else if (p < pattern.length && takes(want, text.charCodeAt(i), overlapping)) {
      p++;
      i++;
    } else if (lastStar >= 0) {
      p = lastStar + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  while (pattern.charCodeAt(p) === star) p++;
  return p === pattern.length;
}

/** True where some text is matched by both patterns. */
export function overlaps(a: string, b: string): boolean {
  const [firstA, firstB] = [a.indexOf('*'), b.indexOf('*')];
  if (firstA < 0) return matches(b, 0, a, 0, true);
  if (firstB < 0) return matches(a, 0, b, 0, true);
  // With a star in each, what lies between the outermost stars can always be told apart: one's star takes the other's letters.
  const head = Math.min(firstA, firstB);
  const tail = Math.min(a.length - a.lastIndexOf('*'), b.length - b.lastIndexOf('*')) - 1;
  return sameLetters(a, 0, b, 0, head) && sameLetters(a, a.length - tail, b, b.length - tail, tail);
}

function sameLetters(a: string, startA: number, b: string, startB: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (!takes(a.charCodeAt(startA + i), b.charCodeAt(startB + i), true)) return false;
  return true;
}
