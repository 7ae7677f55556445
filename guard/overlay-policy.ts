import type { HeldPolicy, Posture } from '../analyzers/posture.ts';
import type { Effect, Holder } from '../events/change.ts';
import type { Policy } from '../policy/policy.ts';
import type { Overlaid } from './overlay.ts';
import type { ChangedPolicy } from './situation.ts';

type PolicyEffect = Extract<
  Effect,
  {
    kind:
      | 'inline-policy-put'
      | 'policy-attached'
      | 'inline-policy-deleted'
      | 'policy-detached'
      | 'policy-version-created'
      | 'default-version-set';
  }
>;

/** A posture with a change of the policies that the user or a group of the user's holds laid over it. */
export function overlayPolicy(posture: Posture, effect: PolicyEffect, changed: ChangedPolicy | undefined): Overlaid {
  switch (effect.kind) {
    case 'inline-policy-deleted':
      return { posture, differs: posture.policies.some(isInline(effect.holder, effect.policyName)) };
    case 'policy-detached':
      return { posture, differs: posture.policies.some(isAttached(effect.holder, effect.policyArn)) };
    case 'inline-policy-put':
      return changed ? besides(posture, changed, effect.holder, isInline(effect.holder, effect.policyName)) : { posture, differs: false };
    case 'policy-attached':
      return changed ? besides(posture, changed, effect.holder, isAttached(effect.holder, effect.policyArn)) : { posture, differs: false };
    default:
      return changed?.policy.active ? inForce(posture, changed) : { posture, differs: false };
  }
}

function isInline(holder: Holder | undefined, name: string | undefined): (held: HeldPolicy) => boolean {
  return (held) => held.kind === 'inline' && held.group === groupOf(holder) && held.name === name;
}

function isAttached(holder: Holder | undefined, arn: string | undefined): (held: HeldPolicy) => boolean {
  return (held) => held.arn === arn && held.group === groupOf(holder);
}

/** The group that brings a policy, or undefined where the user holds it directly. */
function groupOf(holder: Holder | undefined): string | undefined {
  return holder?.type === 'group' ? holder.name : undefined;
}

/** The user holds the changed policy, besides what was read. */
function besides(posture: Posture, changed: ChangedPolicy, holder: Holder | undefined, isSame: (held: HeldPolicy) => boolean): Overlaid {
  const shown = posture.policies.find(isSame);
  if (shown && shows(shown, changed)) return { posture, differs: false };
  const { kind, name = 'of unknown name', arn } = changed.policy;
  if (!changed.document.read) {
    const unread = { what: `policy ${arn ?? name}`, why: changed.document.why };
    return { posture: { ...posture, unread: [...posture.unread, unread] }, differs: true };
  }
  const group = groupOf(holder);
  const held: HeldPolicy = {
    kind,
    name,
    ...(arn === undefined ? {} : { arn }),
    ...(group === undefined ? {} : { group }),
    document: changed.document.value,
  };
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
