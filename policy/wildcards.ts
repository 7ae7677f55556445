/**
 * IAM's wildcards: `*` is any text, `?` any one character, and both may span `:` and `/`.
 * Patterns come from those who are judged, so the work is bounded: `covers` takes at most as many steps as the lengths of
 * its two patterns multiplied, whatever they hold, and `overlaps` more than the sum of them only where one has no star.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */

const star = 0x2a;
const question = 0x3f;
const runs = /[*?]*\*[*?]*/g;
const longRun = /[*?]{2}/;

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
  // Most pairs part at a letter before any wildcard of outer.
  const fixed = firstWildcard(outer);
  if (fixed === outer.length || !beginsAlike(outer, inner, fixed)) return false;
  // Only a `?` beside a star has to be spread, and only where inner has a star that it could meet.
  if (!longRun.test(outer) || !inner.includes('*')) return matches(outer, fixed, inner, fixed, inContainment);
  return matches(spread(outer.slice(fixed)), 0, inner, fixed, inContainment);
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

/** Whether one character of a pattern takes one of the other's. */
type Takes = (want: number, have: number) => boolean;

/** A `*` of inner stands for any text: only a `*` of outer takes it, never a `?` or a letter. */
const inContainment: Takes = (want, have) => want === have || (want === question && have !== star);
const inOverlap: Takes = (want, have) => want === have || want === question || have === question;

/** Matches from left to right; on a mismatch, the last star of the pattern takes one character more. */
function matches(pattern: string, from: number, text: string, start: number, takes: Takes): boolean {
  let p = from;
  let i = start;
  let lastStar = -1;
  let resume = 0;
  while (i < text.length) {
    const want = pattern.charCodeAt(p);
    if (want === star) {
      lastStar = p++;
      resume = i;
    } else if (p < pattern.length && takes(want, text.charCodeAt(i))) {
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
  if (firstA < 0) return matches(b, 0, a, 0, inOverlap);
  if (firstB < 0) return matches(a, 0, b, 0, inOverlap);
  // With a star in each, what lies between the outermost stars can always be told apart: one's star takes the other's letters.
  const head = Math.min(firstA, firstB);
  const tail = Math.min(a.length - a.lastIndexOf('*'), b.length - b.lastIndexOf('*')) - 1;
  return sameLetters(a, 0, b, 0, head) && sameLetters(a, a.length - tail, b, b.length - tail, tail);
}

function sameLetters(a: string, startA: number, b: string, startB: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (!inOverlap(a.charCodeAt(startA + i), b.charCodeAt(startB + i))) return false;
  return true;
}
