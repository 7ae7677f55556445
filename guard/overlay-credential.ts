import type { AccessKey, Posture } from '../analyzers/posture.ts';
import type { Effect } from '../events/change.ts';
import type { Overlaid } from './overlay.ts';

/** A posture with a change of the user's keys, password or MFA devices laid over it: what gives more is added, nothing is taken away. */
export function overlayCredential(posture: Posture, effect: Effect, eventTime: string): Overlaid {
  switch (effect.kind) {
    case 'access-key-created':
      return withKey(posture, effect, eventTime);
    case 'access-key-updated':
      return withKeyState(posture, effect);
    case 'access-key-deleted':
      return { posture, differs: posture.accessKeys.some(({ id }) => id === effect.accessKeyId) };
    case 'login-profile-created':
      return posture.password === null
        ? { posture: { ...posture, password: { createdAt: eventTime, lastUsedAt: null } }, differs: true }
        : { posture, differs: false };
    case 'login-profile-deleted':
      return { posture, differs: posture.password !== null && posture.password !== undefined };
    case 'mfa-enabled':
      return { posture, differs: effect.serialNumber !== undefined && posture.mfaDevices?.includes(effect.serialNumber) === false };
    case 'mfa-deactivated':
      return withoutDevice(posture, effect.serialNumber);
    default:
      return { posture, differs: false };
  }
}

type KeyEffect = Extract<Effect, { kind: 'access-key-created' | 'access-key-updated' }>;

function withKey(posture: Posture, { accessKeyId: id, active }: KeyEffect, createdAt: string): Overlaid {
  if (id === undefined || posture.accessKeys.some((key) => key.id === id)) return { posture, differs: false };
  const key: AccessKey = { id, active, createdAt, lastUsedAt: null };
  return { posture: { ...posture, accessKeys: [...posture.accessKeys, key] }, differs: true };
}

/** A key that came alive counts as active; one that was read active, and is not, counts as active until IAM shows it. */
function withKeyState(posture: Posture, { accessKeyId, active }: KeyEffect): Overlaid {
  const differs = posture.accessKeys.some((key) => key.id === accessKeyId && key.active !== active);
  if (!differs || !active) return { posture, differs };
  const accessKeys = posture.accessKeys.map((key) => (key.id === accessKeyId ? { ...key, active } : key));
  return { posture: { ...posture, accessKeys }, differs };
}

function withoutDevice(posture: Posture, serialNumber: string | undefined): Overlaid {
  const { mfaDevices } = posture;
  if (serialNumber === undefined || !mfaDevices?.includes(serialNumber)) return { posture, differs: false };
  return { posture: { ...posture, mfaDevices: mfaDevices.filter((device) => device !== serialNumber) }, differs: true };
}
