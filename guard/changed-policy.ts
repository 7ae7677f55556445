import type { Change } from '../events/change.ts';
import { known } from '../events/known.ts';
import type { Answer, Directory, ManagedPolicyVersion } from '../iam/directory.ts';
import { policyNameOf } from '../iam/policy-names.ts';
import { PolicyError } from '../policy/parse.ts';
import { parsePolicyOnce } from '../policy/parse-once.ts';
import type { VerdictPolicy } from '../schemas/verdict.ts';
import type { ChangedPolicy } from './situation.ts';
import { StaleReadError } from './stale-read.ts';

/**
 * The most characters, white space not counted, that IAM takes in a document of a user, group, role or managed policy. A longer
 * one of a call that failed is not judged: it can't come into force, and could be made to take long.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const largestDocument = 10_240;

const leftOut = 'CloudTrail left the request out of the event because it was too large, and with it the name of the policy';

/** The policy that an event is about, from the event alone; undefined where it is about none. */
export function changedPolicyInEvent(change: Change): ChangedPolicy | undefined {
  const policy = describe(change);
  if (policy === undefined) return undefined;
  const { effect } = change;
  if (!('document' in effect) || effect.document.state === 'omitted')
    return { policy, document: unread('the event does not carry the document') };
  const { text } = effect.document;
  return { policy, document: text.replaceAll(/\s/g, '').length > largestDocument ? unread('it is larger than IAM takes') : parsed(text) };
}

/** The policy that a change put in place, its document from the event or, where the event has none, from the directory. */
export async function readChangedPolicy(change: Change, directory: Directory, settling: boolean): Promise<ChangedPolicy | undefined> {
  const policy = describe(change);
  if (policy === undefined) return undefined;
  const { effect } = change;
  if ('document' in effect && effect.document.state === 'present') return { policy, document: parsed(effect.document.text) };
  const answer = await fetchDocument(change, directory);
  if (answer === undefined) return { policy, document: unread(leftOut) };
  if (answer.found) return { policy: { ...policy, ...answer.value.known }, document: parsed(answer.value.text) };
  if (answer.why === 'absent' && settling) throw new StaleReadError(`policy \`${policy.arn ?? policy.name}\``, change);
  return { policy, document: unread(answer.detail) };
}

/** A policy's text, and what reading it told about the policy. */
interface Fetched {
  readonly text: string;
  readonly known: Partial<VerdictPolicy>;
}

/** Undefined where the event does not say which policy it was. */
async function fetchDocument({ effect }: Change, directory: Directory): Promise<Answer<Fetched> | undefined> {
  switch (effect.kind) {
    case 'policy-created':
      return effect.arn === undefined ? undefined : ofManaged(await directory.managedPolicy(effect.arn, 'v1'));
    case 'policy-version-created':
    case 'default-version-set':
      // Without its version, the one in force would be judged in its place.
      if (effect.arn === undefined || effect.version === undefined) return undefined;
      return ofManaged(await directory.managedPolicy(effect.arn, effect.version));
    case 'policy-attached':
      return effect.policyArn === undefined ? undefined : ofManaged(await directory.managedPolicy(effect.policyArn));
    case 'inline-policy-put': {
      if (effect.holder === undefined || effect.policyName === undefined) return undefined;
      const answer = await directory.inlinePolicy(effect.holder, effect.policyName);
      return answer.found ? { found: true, value: { text: answer.value, known: {} } } : answer;
    }
    default:
      return undefined;
  }
}

function ofManaged(answer: Answer<ManagedPolicyVersion>): Answer<Fetched> {
  if (!answer.found) return answer;
  const { document, name, version } = answer.value;
  return { found: true, value: { text: document, known: { name, version } } };
}

/** What the event tells of the policy that it put in place; undefined where it put none. */
function describe({ effect, subject: { name }, errorCode }: Change): VerdictPolicy | undefined {
  switch (effect.kind) {
    case 'policy-created': {
      const version = errorCode === undefined ? 'v1' : undefined;
      return known<VerdictPolicy>({ kind: 'managed', name: effect.name ?? name, arn: effect.arn, version, active: true });
    }
    case 'policy-version-created':
      return known<VerdictPolicy>({ kind: 'managed', name, arn: effect.arn, version: effect.version, active: effect.isDefault });
    case 'default-version-set':
      return known<VerdictPolicy>({ kind: 'managed', name, arn: effect.arn, version: effect.version, active: true });
    case 'policy-attached': {
      const { policyArn: arn } = effect;
      return known<VerdictPolicy>({ kind: 'managed', name: arn && policyNameOf(arn), arn, active: true });
    }
    case 'inline-policy-put':
      return known<VerdictPolicy>({ kind: 'inline', name: effect.policyName, active: true });
    default:
      return undefined;
  }
}

function unread(why: string): ChangedPolicy['document'] {
  return { read: false, why };
}

/** A document's text as a policy, or why it is none. */
export function parsed(text: string): ChangedPolicy['document'] {
  try {
    return { read: true, value: parsePolicyOnce(text) };
  } catch (error) {
    if (error instanceof PolicyError) return unread(`${error.message} (line ${error.line}, column ${error.column})`);
    throw error;
  }
}
