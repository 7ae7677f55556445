import type { Change } from '../events/change.ts';
import type { Finding } from '../schemas/finding.ts';
import type { Outcome } from '../schemas/verdict.ts';
import type { ChangedPolicy } from './situation.ts';
import { visible } from './visible-text.ts';
import { actorName, subjectName } from './who.ts';

/** What a summary tells of. */
export interface Told {
  readonly change: Change;
  readonly outcome: Outcome;
  readonly policies: readonly ChangedPolicy[];
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly undetermined: string | undefined;
}

/**
 * A verdict in one plain sentence that can stand alone in an e-mail: who did what to whom, and what is wrong with it. Without double
 * quotes, which end a line where EventBridge builds a message of it.
 */
export function summarize(told: Told): string {
  return (told.outcome === 'attempted' ? attempt(told) : done(told)).replaceAll('"', "'");
}

function attempt({ change, policies, findings }: Told): string {
  const error = change.errorCode ?? 'unknown error';
  const end = /denied|unauthorized/i.test(error) ? 'was refused' : 'failed';
  return `${actorName(change.actor)} tried to ${deed(change, policies, 'try')} and ${end} (${visible(error)})${wouldHave(findings)}.`;
}

function done({ change, policies, findings, undetermined }: Told): string {
  const doubt = undetermined === undefined ? '' : `, which could not be judged: ${visible(undetermined)}`;
  return `${actorName(change.actor)} ${deed(change, policies, 'did')}${doubt}${consequence(findings)}.`;
}

function consequence(findings: readonly Finding[]): string {
  const [worst] = findings.filter(({ message }) => message.startsWith('allows ') || message.startsWith('holds '));
  if (worst === undefined) return '';
  const others = findings.length - 1;
  return `; ${worst.message.startsWith('holds ') ? 'the user' : 'it'} ${visible(worst.message)}${others > 0 ? ` (and ${others} more finding${others > 1 ? 's' : ''})` : ''}`;
}

function wouldHave(findings: readonly Finding[]): string {
  const [worst] = findings;
  return worst ? `; the document ${visible(worst.message)}` : '';
}

/** What was done, as a verb phrase: `created the policy x` or, for an attempt, `create the policy x`. */
function deed(change: Change, policies: readonly ChangedPolicy[], form: 'did' | 'try'): string {
  const verb = (past: string, plain: string) => (form === 'did' ? past : plain);
  const subject = subjectName(change);
  const [policy] = policies;
  const version = policy?.policy.version === undefined ? 'a new version' : `version ${visible(policy.policy.version)}`;
  const { effect } = change;
  switch (effect.kind) {
    case 'policy-created':
      return `${verb('created', 'create')} ${subject}`;
    case 'policy-version-created':
      return form === 'try'
        ? `add a version to ${subject}`
        : `added ${version} to ${subject}${effect.isDefault ? ', in force at once' : ', not in force yet'}`;
    case 'default-version-set':
      return `${verb('switched', 'switch')} ${subject} to ${version}`;
    case 'inline-policy-put':
      return `put ${effect.policyName === undefined ? 'an inline policy' : `the inline policy ${visible(effect.policyName)}`} on ${subject}`;
    case 'policy-attached':
      return `${verb('attached', 'attach')} ${visible(policy?.policy.name ?? effect.policyArn ?? 'a policy')} to ${subject}`;
    case 'user-created':
      return `${verb('created', 'create')} the IAM ${subject}`;
    case 'access-key-created':
      return `${verb('created', 'create')} an access key for ${subject}`;
    default:
      return `${verb('called', 'call')} ${visible(change.eventName)} on ${subject}`;
  }
}
