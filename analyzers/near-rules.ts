import { rules } from './registry.ts';

/** Rule ids that someone may have meant who wrote `id`: a few letters away, or with most of its words; none where `id` is a rule. */
export function nearRules(id: string): string[] {
  if (rules.some((rule) => rule.id === id)) return [];
  return rules.map((rule) => rule.id).filter((known) => sharesWords(known, id) || isSpeltAlike(known, id));
}

/** True where more than half of the words of the longer id are in the other. */
function sharesWords(a: string, b: string): boolean {
  const [mine, theirs] = [new Set(a.split('-')), new Set(b.split('-'))];
  const shared = [...mine].filter((word) => theirs.has(word)).length;
  return 2 * shared > Math.max(mine.size, theirs.size);
}

/** True where a quarter of the letters differ, at most. What is far too long is not compared to its end. */
function isSpeltAlike(known: string, id: string): boolean {
  return distance(known, id.slice(0, 2 * known.length)) <= Math.floor(known.length / 4);
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + Number(letter !== other)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
