import type { Tallies, Tally, VerdictWord, WordCounts } from './summary.ts';
import { verdictWords } from './words.ts';

/** The most names kept apart. Whoever calls IAM chooses session names, and could choose a new one each time. */
const mostNames = 5_000;

/** Counts words. */
export interface GrowingCounts {
  add(word: VerdictWord): void;
  counts(): WordCounts;
}

/** Counts of words that grow; none at first. */
export function createWordCounts(): GrowingCounts {
  const counts: Partial<Record<VerdictWord, number>> = {};
  return {
    add(word) {
      counts[word] = (counts[word] ?? 0) + 1;
    },
    counts: () => Object.fromEntries(verdictWords.flatMap((word) => (counts[word] === undefined ? [] : [[word, counts[word]]]))),
  };
}

/** Counts by name, each with its words. */
export interface GrowingTallies {
  add(name: string, word: VerdictWord): void;
  result(): Tallies;
}

/** Tallies that grow; beyond the most names that are kept apart, a new name counts among the others. */
export function createTallies(): GrowingTallies {
  const names = new Map<string, GrowingCounts>();
  let others = 0;
  return {
    add(name, word) {
      let counts = names.get(name);
      if (counts === undefined) {
        if (names.size >= mostNames) {
          others += 1;
          return;
        }
        counts = createWordCounts();
        names.set(name, counts);
      }
      counts.add(word);
    },
    result: () => ({
      rows: [...names].map(([name, counts]) => tallyOf(name, counts.counts())).sort((a, b) => b.count - a.count || byText(a.name, b.name)),
      others,
    }),
  };
}

/** A tally of these words under a name. */
export function tallyOf(name: string, words: WordCounts): Tally {
  return { name, words, count: Object.values(words).reduce((sum, count) => sum + count, 0) };
}

/** Counts of two groups, added. */
export function added(a: WordCounts, b: WordCounts): WordCounts {
  return Object.fromEntries(verdictWords.flatMap((word) => (a[word] || b[word] ? [[word, (a[word] ?? 0) + (b[word] ?? 0)]] : [])));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
