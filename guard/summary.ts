import type { Change } from '../events/change.ts';
import type { Finding } from '../schemas/finding.ts';
import { bySeverity } from '../schemas/severity.ts';
import type { Outcome } from '../schemas/verdict.ts';
import { visible } from '../schemas/visible-text.ts';
import { deed } from './deed.ts';
import type { ChangedPolicy } from './situation.ts';
import { actorName } from './who.ts';

/** What a summary tells of. */
export interface Told {
  readonly change: Change;
  readonly outcome: Outcome;
  readonly policy: ChangedPolicy | undefined;
  readonly undetermined: string | undefined;
  /** What the document of the change grants, worst first. */
  readonly ofDocument: readonly Finding[];
  /** What the user holds since, worst first. */
  readonly ofPosture: readonly Finding[];
  /** How many findings there are in all. */
  readonly count: number;
}

/**
 * A verdict in one plain sentence that can stand alone in an e-mail: who did what to whom, and what is wrong with it. Without double
 * quotes and backslashes, which mean something where EventBridge builds a message of it.
 */
export function summarize(told: Told): string {
  return (told.outcome === 'attempted' ? attempt(told) : done(told)).replaceAll('"', "'").replaceAll('\\', '/');
}

function attempt({ change, policy, ofDocument: [worst] }: Told): string {
  const error = change.errorCode ?? 'unknown error';
  const end = /denied|unauthorized/i.test(error) ? 'was refused' : 'failed';
  const document = worst ? `; the document ${visible(worst.message)}` : '';
  return `${actorName(change.actor)} tried to ${deed(change, policy, 'try')} and ${end} (${visible(error)})${document}.`;
}

function done(told: Told): string {
  const { change, policy, undetermined } = told;
  const doubt = undetermined === undefined ? '' : `, which could not be judged: ${visible(undetermined)}`;
  return `${actorName(change.actor)} ${deed(change, policy, 'did')}${doubt}${consequence(told)}.`;
}

/** What the worst finding about permissions says; those about the event itself are said by the deed. */
function consequence({ ofDocument: [document], ofPosture: [posture], count }: Told): string {
  const others = count > 1 ? ` (and ${count - 1} more finding${count > 2 ? 's' : ''})` : '';
  if (document && (!posture || bySeverity(document.severity, posture.severity) <= 0)) return `; it ${visible(document.message)}${others}`;
  if (!posture) return '';
  return `; the user ${posture.message.startsWith('holds ') ? '' : 'holds what '}${visible(posture.message)}${others}`;
}
