import { GetUserCommand, type IAMClient, type LoginProfile, paginateListGroupsForUser, type User } from '@aws-sdk/client-iam';
import type { Password, Posture } from '../analyzers/posture.ts';
import { assemblePosture } from './assemble-posture.ts';
import type { Answer } from './directory.ts';
import { inParallel } from './in-parallel.ts';
import { answer, collect, listed } from './live-answer.ts';
import { readCredentials } from './live-credentials.ts';
import { managedPart, type ReadManaged, readHoldings } from './live-holdings.ts';
import { toTags } from './live-tags.ts';
import type { Part } from './posture-parts.ts';
import { toPassword } from './to-password.ts';

/** What reading a posture needs: `now` gives `asOf`. */
export interface PostureSource {
  readonly client: IAMClient;
  readonly account: string;
  readonly now: () => Date;
  readonly readManaged: ReadManaged;
}

const groupsAtOnce = 5;

/**
 * What a user holds now. Seven calls for the user (GetUser, its inline policies, attached policies, groups, keys, MFA devices,
 * password), one a key, two a group, one an inline policy, one a managed policy and one more where its document is not kept
 * here. A part that is denied, gone or unparsable is named in `unread`; the rest is still read.
 */
export async function readPosture(source: PostureSource, userName: string): Promise<Answer<Posture>> {
  const { client, account, now } = source;
  const asOf = now().toISOString();
  const readManaged = oncePerPolicy(source.readManaged);
  const [user, own, groups, credentials] = await Promise.all([
    readUser(client, userName),
    readHoldings(client, { type: 'user', name: userName }, readManaged),
    readGroups(client, userName, readManaged),
    readCredentials(client, userName),
  ]);
  if (!user.found) return user;

  const { Arn, CreateDate, PasswordLastUsed, PermissionsBoundary, Tags } = user.value;
  const { accessKeys, mfaDevices, loginProfile } = credentials;
  const boundaryArn = PermissionsBoundary?.PermissionsBoundaryArn;
  const posture = assemblePosture({
    userName: user.value.UserName ?? userName,
    arn: Arn ?? '',
    account,
    asOf,
    ...(CreateDate === undefined ? {} : { createdAt: CreateDate.toISOString() }),
    groups: groups.names,
    accessKeys,
    ...(loginProfile === undefined ? {} : { password: loginProfile && passwordOf(loginProfile, PasswordLastUsed) }),
    ...(mfaDevices === undefined ? {} : { mfaDevices }),
    tags: toTags(Tags),
    parts: [...own, ...groups.parts, ...credentials.parts],
    boundary: boundaryArn === undefined ? undefined : await managedPart(boundaryArn, readManaged, {}),
  });
  return { found: true, value: posture };
}

/** The user alone, with its tags: one call. */
export function readUser(client: IAMClient, userName: string): Promise<Answer<User>> {
  return answer(`user ${userName}`, async () => {
    const { User: user } = await client.send(new GetUserCommand({ UserName: userName }));
    if (user === undefined) throw new Error(`IAM answered GetUser for \`${userName}\` without a user`);
    return user;
  });
}

async function readGroups(
  client: IAMClient,
  userName: string,
  readManaged: ReadManaged,
): Promise<{ readonly names: string[]; readonly parts: Part[] }> {
  const groups = await listed(`groups of user ${userName}`, () =>
    collect(paginateListGroupsForUser({ client }, { UserName: userName }), (page) => page.Groups),
  );
  const names = groups.items.map((group) => group.GroupName ?? '');
  const held = await inParallel(names, groupsAtOnce, (name) => readHoldings(client, { type: 'group', name }, readManaged));
  return { names, parts: [...groups.parts, ...held.flat()] };
}

// One policy can reach a user directly, by several groups and as its boundary: it is asked for once a posture.
function oncePerPolicy(readManaged: ReadManaged): ReadManaged {
  const asked = new Map<string, ReturnType<ReadManaged>>();
  return (arn) => {
    const answered = asked.get(arn) ?? readManaged(arn);
    asked.set(arn, answered);
    return answered;
  };
}

function passwordOf({ CreateDate }: LoginProfile, lastUsed: Date | undefined): Password {
  return toPassword(CreateDate?.toISOString(), lastUsed?.toISOString() ?? null);
}
