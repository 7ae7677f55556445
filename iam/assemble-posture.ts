import type { AccessKey, HeldPolicy, Posture, Unread } from '../analyzers/posture.ts';
import type { Part } from './posture-parts.ts';

/** A posture in pieces, in any order, as a directory comes by them. */
export interface PosturePieces extends Omit<Posture, 'policies' | 'boundary' | 'unread'> {
  readonly parts: readonly Part[];
  readonly boundary?: Part | undefined;
}

/** Puts a posture together in one fixed order, so that the same account gives the same posture from any directory. */
export function assemblePosture({ parts, boundary, ...user }: PosturePieces): Posture {
  const all = boundary === undefined ? parts : [...parts, boundary];
  return {
    ...user,
    groups: [...user.groups].sort(),
    policies: parts.flatMap((part) => ('held' in part ? [part.held] : [])).sort(by(placeOf)),
    ...(boundary !== undefined && 'held' in boundary ? { boundary: boundary.held } : {}),
    accessKeys: [...user.accessKeys].sort(by(ageOf)),
    unread: all.flatMap((part) => ('unread' in part ? [part.unread] : [])).sort(by(whatOf)),
  };
}

// Direct before group, inline before managed, then by name.
function placeOf(policy: HeldPolicy): string {
  return [policy.group ?? '', policy.kind, policy.name, policy.arn ?? ''].join('\n');
}

function ageOf(key: AccessKey): string {
  return `${key.createdAt ?? ''}\n${key.id}`;
}

function whatOf(unread: Unread): string {
  return `${unread.what}\n${unread.why}`;
}

// Compared by code unit: a locale's order would differ between machines.
function by<Item>(key: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -1 : Number(left > right);
  };
}
