import {
  type AccessKeyMetadata,
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  type IAMClient,
  type LoginProfile,
  paginateListAccessKeys,
  paginateListMFADevices,
} from '@aws-sdk/client-iam';
import type { AccessKey } from '../analyzers/posture.ts';
import { answer, collect, listed } from './live-answer.ts';
import { missing, type Part } from './posture-parts.ts';

/** A user's credentials as IAM shows them; what may not be read is among `parts`, and left out. */
export interface LiveCredentials {
  readonly accessKeys: readonly AccessKey[];
  /** Serial numbers. */
  readonly mfaDevices?: readonly string[];
  /** Null where the user has no console password. Its last use is not here: GetUser tells it. */
  readonly loginProfile?: LoginProfile | null;
  readonly parts: readonly Part[];
}

/** Access keys with their last use, MFA devices and the console password: three calls, and one a key (IAM allows a user two). */
export async function readCredentials(client: IAMClient, userName: string): Promise<LiveCredentials> {
  const [keys, devices, profile] = await Promise.all([
    readAccessKeys(client, userName),
    listed(`MFA devices of user ${userName}`, () =>
      collect(paginateListMFADevices({ client }, { UserName: userName }), (page) => page.MFADevices),
    ),
    readLoginProfile(client, userName),
  ]);
  return {
    accessKeys: keys.accessKeys,
    ...(devices.parts.length === 0 ? { mfaDevices: devices.items.map(({ SerialNumber }) => SerialNumber ?? '').sort() } : {}),
    ...('parts' in profile ? {} : { loginProfile: profile.loginProfile }),
    parts: [...keys.parts, ...devices.parts, ...('parts' in profile ? profile.parts : [])],
  };
}

async function readAccessKeys(
  client: IAMClient,
  userName: string,
): Promise<{ readonly accessKeys: readonly AccessKey[]; readonly parts: readonly Part[] }> {
  const keys = await listed(`access keys of user ${userName}`, () =>
    collect(paginateListAccessKeys({ client }, { UserName: userName }), (page) => page.AccessKeyMetadata),
  );
  const read = await Promise.all(keys.items.map((key) => readAccessKey(client, key)));
  return { accessKeys: read.map(({ key }) => key), parts: [...keys.parts, ...read.flatMap(({ parts }) => parts)] };
}

async function readAccessKey(
  client: IAMClient,
  { AccessKeyId: id = '', Status, CreateDate }: AccessKeyMetadata,
): Promise<{ readonly key: AccessKey; readonly parts: readonly Part[] }> {
  const key: AccessKey = {
    id,
    active: Status === 'Active',
    ...(CreateDate === undefined ? {} : { createdAt: CreateDate.toISOString() }),
  };
  const what = `last use of access key ${id}`;
  const used = await answer(what, () => client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id })));
  if (!used.found) return { key, parts: [missing(what, used)] };
  // Without a date the key was never used, as far back as IAM tells it: April 22, 2015.
  return { key: { ...key, lastUsedAt: used.value.AccessKeyLastUsed?.LastUsedDate?.toISOString() ?? null }, parts: [] };
}

async function readLoginProfile(
  client: IAMClient,
  userName: string,
): Promise<{ readonly loginProfile: LoginProfile | null } | { readonly parts: readonly Part[] }> {
  const what = `console password of user ${userName}`;
  const profile = await answer(what, async () => {
    const { LoginProfile } = await client.send(new GetLoginProfileCommand({ UserName: userName }));
    if (LoginProfile === undefined) throw new Error(`IAM answered GetLoginProfile for \`${userName}\` without a login profile`);
    return LoginProfile;
  });
  if (profile.found) return { loginProfile: profile.value };
  return profile.why === 'absent' ? { loginProfile: null } : { parts: [missing(what, profile)] };
}
