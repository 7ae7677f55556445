import type { Posture } from '../analyzers/posture.ts';
import type { Change } from '../events/change.ts';
import { withEffect } from './guard-tags.ts';
import { overlayCredential } from './overlay-credential.ts';
import { overlayPolicy } from './overlay-policy.ts';
import type { ChangedPolicy } from './situation.ts';

/** A posture with the change laid over it; `differs` where what was read did not show the change. */
export interface Overlaid {
  readonly posture: Posture;
  readonly differs: boolean;
}

/**
 * A posture as the event and the read tell it together. While IAM settles, a read can be older than the event, or already show
 * what came after it; which of the two can't be told, so nothing that was read is taken away, and what the event gives is added.
 */
export function overlay(posture: Posture, { effect, eventTime }: Change, changed: ChangedPolicy | undefined): Overlaid {
  switch (effect.kind) {
    case 'inline-policy-put':
    case 'policy-attached':
    case 'inline-policy-deleted':
    case 'policy-detached':
    case 'policy-version-created':
    case 'default-version-set':
      return overlayPolicy(posture, effect, changed);
    case 'boundary-put':
      return { posture, differs: posture.boundary?.arn !== effect.boundaryArn };
    case 'boundary-deleted':
      return withoutBoundary(posture);
    case 'group-joined':
      return { posture, differs: effect.groupName !== undefined && !isIn(posture, effect.groupName) };
    case 'group-left':
      return { posture, differs: effect.groupName !== undefined && isIn(posture, effect.groupName) };
    case 'user-tagged':
    case 'user-untagged':
      // Whoever changed the guard's tags, they are restored from what the event says of them. The posture does not differ for it.
      return { posture: { ...posture, tags: withEffect(posture.tags, effect, true) }, differs: false };
    default:
      return overlayCredential(posture, effect, eventTime);
  }
}

/** Without its boundary a user may do more. */
function withoutBoundary({ boundary, ...posture }: Posture): Overlaid {
  return { posture, differs: boundary !== undefined };
}

/** Names of groups have no case. */
function isIn({ groups }: Posture, name: string): boolean {
  return groups.some((group) => group.toLowerCase() === name.toLowerCase());
}
