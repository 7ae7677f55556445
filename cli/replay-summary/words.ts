import { severities } from '../../schemas/severity.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import type { VerdictWord, WordCounts } from './summary.ts';

/** The words for a verdict, the one to look at first coming first. */
export const verdictWords: readonly VerdictWord[] = [...severities, 'undetermined', 'attempted', 'suppressed', 'clean'];

const ranks = Object.fromEntries(verdictWords.map((word, rank) => [word, rank])) as Record<VerdictWord, number>;

/** The one word for a verdict: how bad a flagged change is, else how the change ended. */
export function wordOf({ outcome, severity }: Pick<Verdict, 'outcome' | 'severity'>): VerdictWord {
  // A flagged verdict has a finding, and with it a severity.
  return outcome !== 'flagged' ? outcome : severity === 'none' ? 'low' : severity;
}

/** Counts in words, worst first: `3 critical, 6 clean`. `write` gives each its form. */
export function wordsOf(words: WordCounts, write: (word: VerdictWord, text: string) => string = (_, text) => text): string {
  return verdictWords.flatMap((word) => (words[word] ? [write(word, `${words[word]} ${word}`)] : [])).join(', ');
}

/** Orders words, the one to look at first coming first. */
export function byWord(a: VerdictWord, b: VerdictWord): number {
  return ranks[a] - ranks[b];
}
