import type { Change } from '../../events/change.ts';
import { activeKeys, setUpWithin } from '../access-keys.ts';
import { deactivateKey, deleteKey, lastUseOfKey } from '../aws-command.ts';
import { listed } from '../mitigations.ts';
import type { Posture } from '../posture.ts';
import type { ChangeContext, Flag, Rule } from '../rule.ts';
import type { Settings } from '../settings.ts';

/** A console user's key that was made along with the user, before anybody knew whether it is needed. */
export const accessKeyAtUserSetup: Rule = {
  id: 'access-key-at-user-setup',
  title: 'Access key made with a console user',
  severity: 'low',
  rationale:
    'A key that comes with every new console user is mostly never used, and is sent around with the welcome mail all the same. Whoever needs a key can ask for one, and then knows that it exists.',
  remediation: {
    summary: 'Deactivate and delete the key if it was never used; let the user make one when it is needed',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-keys-admin-managed.html',
  },
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
  controls: {
    'CIS AWS Foundations': { '2.0.0': ['1.11'], '3.0.0': ['1.11'], '4.0.1': ['1.11'], '5.0.0': ['1.10'], '6.0.0': ['2.10'] },
    'MITRE ATT&CK': ['T1098.001'],
    CloudGuard: ['D9.AWS.IAM.79'],
  },
  check: { event: ofChange, user: ofPosture },
};

/** The password and the key come in either order: whichever comes second makes the case. */
function ofChange({ effect, eventTime }: Change, { posture, settings }: ChangeContext): readonly Flag[] {
  if (posture === undefined) return [];
  if (effect.kind === 'login-profile-created') {
    const ids = keysOfSetUp(posture, settings);
    if (ids.length === 0) return [];
    return [{ message: `gives a console password to a user ${withKeys(ids, settings)}`, remedies: remedies(posture.userName, ids) }];
  }
  if (effect.kind !== 'access-key-created' || !effect.active || !posture.password) return [];
  const seconds = setUpWithin(posture.createdAt, eventTime, settings);
  if (seconds === undefined) return [];
  return [
    {
      message: `makes access key ${effect.accessKeyId ?? 'of unknown id'} for a console user that was created ${inSeconds(seconds)} before`,
      remedies: remedies(posture.userName, effect.accessKeyId === undefined ? [] : [effect.accessKeyId]),
    },
  ];
}

function ofPosture(posture: Posture, settings: Settings): readonly Flag[] {
  const ids = posture.password ? keysOfSetUp(posture, settings) : [];
  if (ids.length === 0) return [];
  return [{ message: `holds a console password and was set up ${withKeys(ids, settings)}`, remedies: remedies(posture.userName, ids) }];
}

function keysOfSetUp(posture: Posture, settings: Settings): string[] {
  return activeKeys(posture)
    .filter(({ createdAt }) => setUpWithin(posture.createdAt, createdAt, settings) !== undefined)
    .map(({ id }) => id);
}

function withKeys(ids: readonly string[], { thresholds }: Settings): string {
  const keys = ids.length === 1 ? 'an access key' : `${ids.length} access keys`;
  return `with ${keys} made within ${inSeconds(thresholds.userSetupSeconds)} of its creation: ${listed(ids)}`;
}

function inSeconds(seconds: number): string {
  return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
}

function remedies(userName: string, ids: readonly string[]): string[] {
  return ids.flatMap((id) => [lastUseOfKey(id), deactivateKey(userName, id), deleteKey(userName, id)]);
}
