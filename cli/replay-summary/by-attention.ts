import { worse } from '../../analyzers/severity.ts';
import { bySeverity, type Severity } from '../../schemas/severity.ts';
import type { Person } from './person.ts';
import type { VerdictWord } from './summary.ts';
import { byWord } from './words.ts';

/**
 * How much attention a user needs now: the worst of what the user holds, of what the user did (taking it back does not take back
 * the access it was done with), and of being there at all. None where the user was deleted.
 */
export function needNow({ deleted, holds, created, made }: Person): Severity | 'none' {
  return deleted === undefined ? worse(worse(holds, made.severity), created?.severity ?? 'none') : 'none';
}

/**
 * Orders users, the one to look at first coming first: by what stands at the end of the trail; then by what the user holds; then by
 * the worst that was done to or by the user, undone since or not; then by how much was flagged of what the user did; then by the latest change.
 */
export function byAttention(a: Person, b: Person): number {
  return (
    bySeverity(needNow(a), needNow(b)) ||
    bySeverity(a.holds, b.holds) ||
    byWord(worstWord(a), worstWord(b)) ||
    b.made.flagged - a.made.flagged ||
    Date.parse(b.steps.at(-1)?.time ?? '') - Date.parse(a.steps.at(-1)?.time ?? '') ||
    (a.key < b.key ? -1 : 1)
  );
}

/** The worst that was done to or by a user. */
export function worstWord({ worst, made }: Person): VerdictWord {
  const [undergone, done] = [worst?.word ?? 'clean', made.worst?.word ?? 'clean'];
  return byWord(undergone, done) <= 0 ? undergone : done;
}
