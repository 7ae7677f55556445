import type { Verdict } from '../../schemas/verdict.ts';
import { byWord, wordOf } from './words.ts';

const mostKept = 200;
const mostOfMany = 20;

/** The verdicts that a table is made of. */
export interface KeptVerdicts {
  add(verdict: Verdict): void;
  /** In the order in which they were added. */
  rows(): readonly Verdict[];
}

/** Keeps every verdict while they are few enough to be read; beyond that only the worst twenty, of equals the latest. */
export function createKeptVerdicts(): KeptVerdicts {
  const kept: Verdict[] = [];
  let count = 0;
  return {
    add(verdict) {
      count += 1;
      kept.push(verdict);
      if (count <= mostKept) return;
      while (kept.length > mostOfMany) kept.splice(mildestOf(kept), 1);
    },
    rows: () => kept,
  };
}

/** The place of the mildest verdict, of equals the first. */
function mildestOf(verdicts: readonly Verdict[]): number {
  const words = verdicts.map(wordOf);
  return words.reduce((found, word, index) => (byWord(word, words[found] ?? word) > 0 ? index : found), 0);
}
