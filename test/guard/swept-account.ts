import type { AccessKey, Posture } from '../../analyzers/posture.ts';
import type { SweepPorts } from '../../guard/sweep-ports.ts';
import type { Directory, TagWriter } from '../../iam/directory.ts';
import { createProjectedDirectory } from '../../iam/projected-directory.ts';
import type { Account } from '../../iam/read-account.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { account } from '../records.ts';
import { allow, policyArn } from './account.ts';

/** When the sweeps of these tests take place. */
export const now = '2026-05-01T06:00:00.000Z';
/** A document that allows everything. */
export const everything = allow('*');
/** A document that no rule minds. */
export const harmless = allow('s3:GetObject', 'arn:aws:s3:::reports/*');

interface UserDetail {
  readonly policy?: string;
  readonly attached?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

const tagList = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** An account of these users and policies, to be swept. `live` is what IAM answers when asked again: the same, unless a test moves it on. */
export function anAccount(users: Readonly<Record<string, UserDetail>>, policies: Readonly<Record<string, string>> = {}) {
  const details = {
    UserDetailList: Object.entries(users).map(([UserName, { policy, attached = [], tags = {} }]) => ({
      UserName,
      Path: '/',
      Arn: `arn:aws:iam::${account}:user/${UserName}`,
      CreateDate: '2024-01-01T00:00:00Z',
      GroupList: [],
      UserPolicyList: policy === undefined ? [] : [{ PolicyName: 'own', PolicyDocument: policy }],
      AttachedManagedPolicies: attached.map((name) => ({ PolicyArn: policyArn(name), PolicyName: name })),
      Tags: tagList(tags),
    })),
    GroupDetailList: [],
    Policies: Object.entries(policies).map(([name, Document]) => ({
      Arn: policyArn(name),
      DefaultVersionId: 'v1',
      PolicyVersionList: [{ VersionId: 'v1', Document }],
    })),
  };
  const pages = createProjectedDirectory({ account });
  pages.load(details);
  const live = createProjectedDirectory({ account });
  live.load(details);
  const credentials = new Map<string, { accessKeys?: readonly AccessKey[]; unread?: Posture['unread'] }>();
  const known = (posture: Posture): Posture => {
    const own = credentials.get(posture.userName) ?? {};
    return { ...posture, asOf: now, password: null, mfaDevices: [], accessKeys: own.accessKeys ?? [], unread: own.unread ?? [] };
  };
  const calls: string[] = [];
  const asked: Directory & TagWriter = {
    ...live,
    async posture(name) {
      calls.push(`posture ${name}`);
      const posture = await live.posture(name);
      return posture.found ? { found: true, value: known(posture.value) } : posture;
    },
    async policyTags(arn) {
      calls.push(`policyTags ${arn.split('/').pop()}`);
      return live.policyTags(arn);
    },
  };
  const read = async (overrides: Partial<Account> = {}): Promise<Account> => ({
    asOf: now,
    credentialsAsOf: '2026-05-01T03:00:00.000Z',
    postures: await Promise.all(
      Object.keys(users)
        .sort()
        .map(async (name) => {
          const posture = await live.posture(name);
          if (!posture.found) throw new Error(posture.detail);
          return known(posture.value);
        }),
    ),
    customerPolicies: Object.keys(policies).map(policyArn).sort(),
    directory: pages,
    passwordPolicy: {
      found: true,
      value: { minimumLength: 14, requireSymbols: true, requireNumbers: true, requireUppercase: true, requireLowercase: true },
    },
    unread: [],
    ...overrides,
  });
  const ports = (overrides: Partial<SweepPorts> = {}): SweepPorts => ({
    account,
    readAccount: async () => ({ found: true, value: await read() }),
    live: asked,
    configuration: defaultConfiguration,
    apply: true,
    now: () => new Date(now),
    remaining: () => Number.POSITIVE_INFINITY,
    ...overrides,
  });
  const tagsOf = async (name: string) => {
    const tags = await live.userTags(name);
    return tags.found ? { ...tags.value } : {};
  };
  const policyTagsOf = async (name: string) => {
    const tags = await live.policyTags(policyArn(name));
    return tags.found ? { ...tags.value } : {};
  };
  return { ports, read, live, credentials, calls, tagsOf, policyTagsOf };
}
