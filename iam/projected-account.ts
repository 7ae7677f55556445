import type { AccessKey, Password, PasswordPolicy } from '../analyzers/posture.ts';
import type { DocumentInEvent } from '../events/change.ts';
import { createRegistry, type Entry, type Registry } from './registry.ts';

/** A user, group or role, with the policies on it. */
export interface HolderState extends Entry {
  readonly inline: Map<string, DocumentInEvent>;
  /** ARNs of attached managed policies. */
  readonly attached: Set<string>;
}

/** A group and who is in it. */
export interface GroupState extends HolderState {
  readonly members: Set<UserState>;
}

/** A user and all that the trail told of it. */
export interface UserState extends HolderState {
  path: string;
  createdAt?: string;
  boundaryArn?: string | undefined;
  readonly groups: Set<GroupState>;
  readonly accessKeys: Map<string, AccessKey>;
  /** By key in lower case, as IAM compares the tag keys of users. */
  readonly tags: Map<string, { readonly key: string; readonly value: string }>;
  /** Null where there is none, undefined where the trail does not tell. */
  password?: Password | null;
  mfaDevices?: Set<string>;
}

/** A customer managed policy (or, where it was loaded, one of AWS). Its name in the registry is its ARN. */
export interface PolicyState extends Entry {
  readonly versions: Map<string, DocumentInEvent>;
  defaultVersion?: string | undefined;
  readonly tags: Map<string, string>;
}

/** An account rebuilt from a trail. Plain state: `foldEffect` and `loadDetails` write it, the projected directory reads it. */
export interface ProjectedAccount {
  readonly id: string;
  partition: string;
  /** True once authorization details were loaded: what is not here then does not exist. */
  loaded: boolean;
  /** Null where there is none, undefined where the trail does not tell. */
  passwordPolicy: PasswordPolicy | null | undefined;
  readonly users: Registry<UserState>;
  readonly groups: Registry<GroupState>;
  readonly roles: Registry<HolderState>;
  readonly policies: Registry<PolicyState>;
  /** By policy ARN, everyone who ever held it or was bounded by it: read it with a check that they still do. */
  readonly bearers: Map<string, Set<UserState | GroupState>>;
}

/** An account of which nothing is known yet. */
export function createProjectedAccount(id: string): ProjectedAccount {
  // IAM does not tell names of users, groups and roles apart by case: `Bob` and `bob` can't both exist.
  const withoutCase = (name: string) => name.toLowerCase();
  return {
    id,
    partition: 'aws',
    loaded: false,
    passwordPolicy: undefined,
    users: createRegistry(withoutCase, (...entry) => ({
      ...holder(...entry),
      path: '/',
      groups: new Set<GroupState>(),
      accessKeys: new Map<string, AccessKey>(),
      tags: new Map<string, { key: string; value: string }>(),
    })),
    groups: createRegistry(withoutCase, (...entry) => ({ ...holder(...entry), members: new Set<UserState>() })),
    roles: createRegistry(withoutCase, holder),
    policies: createRegistry(
      (arn) => arn,
      (name, complete, firstSeen) => ({
        name,
        complete,
        firstSeen,
        versions: new Map<string, DocumentInEvent>(),
        tags: new Map<string, string>(),
      }),
    ),
    bearers: new Map(),
  };
}

/** Notes that a policy bears on someone, as a policy held or as a boundary. */
export function addBearer(account: ProjectedAccount, policyArn: string, bearer: UserState | GroupState): void {
  const bearers = account.bearers.get(policyArn) ?? new Set();
  account.bearers.set(policyArn, bearers.add(bearer));
}

/** The ARN of a user as it stands now: a new name or path changes it. */
export function userArn(account: ProjectedAccount, user: UserState): string {
  return `arn:${account.partition}:iam::${account.id}:user${user.path}${user.name}`;
}

function holder(name: string, complete: boolean, firstSeen: string): HolderState {
  return { name, complete, firstSeen, inline: new Map(), attached: new Set() };
}
