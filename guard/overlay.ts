import type { HeldPolicy, Posture } from '../analyzers/posture.ts';
import type { Change } from '../events/change.ts';
import type { Policy } from '../policy/policy.ts';
import type { ChangedPolicy } from './situation.ts';

/** A posture with the change laid over it; `differs` where what was read did not show the change. */
export interface Overlaid {
  readonly posture: Posture;
  readonly differs: boolean;
}

/**
 * A posture as the event and the read tell it together. While IAM settles, a read can be older than the event, or already show
 * what came after it; which of the two can't be told, so nothing that was read is taken away, and what the event says is added.
 */
export function overlay(posture: Posture, { effect }: Change, changed: ChangedPolicy | undefined): Overlaid {
  const asRead = { posture, differs: false };
  if (changed === undefined) return asRead;
  switch (effect.kind) {
    case 'inline-policy-put':
      return besides(posture, changed, (held) => held.kind === 'inline' && held.group === undefined && held.name === effect.policyName);
    case 'policy-attached':
      return besides(posture, changed, (held) => held.arn === effect.policyArn && held.group === undefined);
    case 'policy-version-created':
    case 'default-version-set':
      return changed.policy.active ? inForce(posture, changed) : asRead;
    default:
      return asRead;
  }
}

/** The user holds the changed policy, besides what was read. */
function besides(posture: Posture, changed: ChangedPolicy, isSame: (held: HeldPolicy) => boolean): Overlaid {
  const shown = posture.policies.find(isSame);
  if (shown && shows(shown, changed)) return { posture, differs: false };
  const { kind, name = 'of unknown name', arn } = changed.policy;
  if (!changed.document.read) {
    const unread = { what: `policy ${arn ?? name}`, why: changed.document.why };
    return { posture: { ...posture, unread: [...posture.unread, unread] }, differs: true };
  }
  const held: HeldPolicy = { kind, name, ...(arn === undefined ? {} : { arn }), document: changed.document.value };
  return { posture: { ...posture, policies: [...posture.policies, held] }, differs: true };
}

/** Wherever the user holds the managed policy, the version that came into force counts besides the one that was read. */
function inForce(posture: Posture, { policy, document }: ChangedPolicy): Overlaid {
  const stale = posture.policies.filter((held) => held.arn === policy.arn && held.version !== policy.version);
  if (stale.length === 0 || !document.read) return { posture, differs: stale.length > 0 };
  const added = stale.map((held) => ({
    ...held,
    ...(policy.version === undefined ? {} : { version: policy.version }),
    document: document.value,
  }));
  return { posture: { ...posture, policies: [...posture.policies, ...added] }, differs: true };
}

/** True where a policy that was read is the one that the event speaks of: an attached one by its ARN, an inline one by what it says. */
function shows(held: HeldPolicy, { policy, document }: ChangedPolicy): boolean {
  return policy.kind === 'managed' || (document.read && sameText(held.document, document.value));
}

function sameText(a: Policy, b: Policy): boolean {
  return JSON.stringify(a.statements) === JSON.stringify(b.statements);
}
