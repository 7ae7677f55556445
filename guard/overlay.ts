import type { HeldPolicy, Posture } from '../analyzers/posture.ts';
import type { Change } from '../events/change.ts';
import type { ChangedPolicy } from './situation.ts';

/**
 * A posture with the change laid over it: while IAM settles, what was read may be older than the event, which is right
 * about what it changed. Laying it over a posture that shows the change already alters nothing.
 */
export function overlay(posture: Posture, { effect }: Change, policies: readonly ChangedPolicy[]): Posture {
  const [changed] = policies;
  switch (effect.kind) {
    case 'inline-policy-put':
      return withPolicy(posture, changed, (held) => held.kind === 'inline' && held.group === undefined && held.name === effect.policyName);
    case 'policy-attached':
      return withPolicy(posture, changed, (held) => held.arn === effect.policyArn && held.group === undefined);
    case 'policy-version-created':
    case 'default-version-set':
      return changed?.policy.active ? withVersion(posture, changed) : posture;
    case 'access-key-created':
      return effect.accessKeyId === undefined || posture.accessKeys.some(({ id }) => id === effect.accessKeyId)
        ? posture
        : { ...posture, accessKeys: [...posture.accessKeys, { id: effect.accessKeyId, active: effect.active }] };
    default:
      return posture;
  }
}

/** The user holds the changed policy itself, in place of what was read under its name. */
function withPolicy(posture: Posture, changed: ChangedPolicy | undefined, isSame: (held: HeldPolicy) => boolean): Posture {
  if (!changed) return posture;
  const others = posture.policies.filter((held) => !isSame(held));
  const { kind, name = 'of unknown name', arn, version } = changed.policy;
  if (!changed.document.read)
    return { ...posture, policies: others, unread: [...posture.unread, { what: `policy ${arn ?? name}`, why: changed.document.why }] };
  const held: HeldPolicy = {
    kind,
    name,
    ...(arn === undefined ? {} : { arn }),
    ...(version === undefined ? {} : { version }),
    document: changed.document.value,
  };
  return { ...posture, policies: [...others, held] };
}

/** Wherever the user holds the managed policy, it is the version that came into force. */
function withVersion(posture: Posture, { policy, document }: ChangedPolicy): Posture {
  if (!document.read) return posture;
  const update = (held: HeldPolicy): HeldPolicy =>
    held.arn === policy.arn
      ? { ...held, ...(policy.version === undefined ? {} : { version: policy.version }), document: document.value }
      : held;
  return { ...posture, policies: posture.policies.map(update), ...(posture.boundary ? { boundary: update(posture.boundary) } : {}) };
}
