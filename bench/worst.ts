import { PolicyError } from '../policy/parse.ts';
import { judge } from './analyze.ts';
import type { Corpus } from './corpus.ts';
import { cpuTime, median } from './cpu-time.ts';
import { hostileDocuments } from './hostile.ts';
import type { Result } from './result.ts';

/**
 * A document and what judging it costs per byte, as a ratio to the median of AWS's own documents. One of less than a thousand characters
 * counts as one of a thousand: what a finding costs does not shrink with the document, and `NotAction iam:*` names 455 services.
 */
export interface Cost {
  readonly name: string;
  readonly size: number;
  readonly milliseconds: number;
  readonly ratio: number;
}

/** The worst documents: of AWS's history and of those made to be slow, each worst first. */
export interface WorstDocuments {
  readonly result: Result;
  readonly real: readonly Cost[];
  readonly hostile: readonly Cost[];
}

const limit = 50;
const shortest = 1000;
const rounds = 5;
/** A document made to be slow has so many rounds, and more until so many milliseconds are taken: the code that only it runs is to be warm too. */
const fewestRounds = 15;
const longEnough = 80;
const shownOfHistory = 5;

/** CPU time per byte of each document against the median per byte. */
export function measureWorst({ history, names }: Corpus): WorstDocuments {
  const times = history.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [index, text] of history.entries())
      times[index] = Math.min(
        times[index] ?? 0,
        cpuTime(() => judge(text)),
      );
  }
  const perByte = median(history.map((text, index) => (times[index] ?? 0) / text.length));
  const cost = (name: string, size: number, milliseconds: number): Cost => ({
    name,
    size,
    milliseconds,
    ratio: milliseconds / Math.max(size, shortest) / perByte,
  });
  const real = history.map((text, index) => cost(names[index] ?? '', text.length, times[index] ?? 0));
  const hostile = hostileDocuments.map(({ name, text }) => cost(name, text(0).length, leastTimeOf(text)));
  const [worstReal, worstHostile] = [worstFirst(real), worstFirst(hostile)];
  const value = Math.max(worstReal[0]?.ratio ?? Number.NaN, worstHostile[0]?.ratio ?? Number.NaN);
  return {
    result: { name: 'the worst document per byte, to the median', value, unit: 'x', limit },
    real: worstReal.slice(0, shownOfHistory),
    hostile: worstHostile,
  };
}

/** Each round has another text of its kind: nothing remembered makes it look cheap. */
function leastTimeOf(text: (round: number) => string): number {
  let least = Number.POSITIVE_INFINITY;
  let taken = 0;
  for (let round = 1; round <= fewestRounds || taken < longEnough; round++) {
    const document = text(round);
    const time = cpuTime(() => judgeOrRefuse(document));
    least = Math.min(least, time);
    taken += time;
  }
  return least;
}

/** A document that is refused has cost what it took to see that. */
function judgeOrRefuse(text: string): void {
  try {
    judge(text);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
  }
}

function worstFirst(costs: readonly Cost[]): Cost[] {
  return costs.toSorted((a, b) => b.ratio - a.ratio);
}
