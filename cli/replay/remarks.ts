import type { InputTalk } from '../input-talk.ts';
import type { Remark } from './read-trail.ts';

/** So many problems are named; of a trail that is damaged throughout nobody reads more. */
const mostProblems = 10_000;
const mostSkips = 20;

/** Keeps what there is to say of inputs until all are read: they are read in any order, and are told in theirs. */
export interface Remarks {
  add(remark: Remark): void;
  tell(talk: InputTalk): void;
}

/** An empty collection of remarks, which keeps a bounded number of them. */
export function createRemarks(): Remarks {
  const problems: Extract<Remark, { kind: 'problem' }>[] = [];
  let skips: Extract<Remark, { kind: 'skipped' }>[] = [];
  let [unnamed, skipped] = [0, 0];
  const inOrder = (a: Remark, b: Remark): number => a.number - b.number;
  return {
    add(remark) {
      if (remark.kind === 'skipped') {
        skipped += 1;
        skips.push(remark);
        if (skips.length >= 10 * mostSkips) skips = skips.sort(inOrder).slice(0, mostSkips);
      } else if (problems.length < mostProblems) problems.push(remark);
      else unnamed += 1;
    },
    tell(talk) {
      for (const { number: _, more, ...problem } of problems.sort(inOrder)) {
        if (more === undefined) talk.problem(problem);
        else talk.moreProblems(problem.source, more);
      }
      if (unnamed > 0) talk.problem({ source: 'the trail', message: `${unnamed} more problems are not named` });
      for (const { source, why } of skips.sort(inOrder).slice(0, mostSkips)) talk.skipped({ kind: 'skipped', source, why });
      talk.moreSkipped(Math.max(0, skipped - mostSkips));
    },
  };
}
