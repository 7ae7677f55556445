import { partitionOfArn, partitionOfRegion } from '../events/arn.ts';
import type { Change, Effect } from '../events/change.ts';
import type { Answer, Directory, TagWriter } from './directory.ts';
import type { Folds } from './fold.ts';
import { accountFolds } from './fold-account.ts';
import { holderFolds } from './fold-holders.ts';
import { policyFolds } from './fold-policies.ts';
import { userFolds } from './fold-users.ts';
import { loadDetails } from './load-details.ts';
import type { AwsManagedPolicy } from './managed-policies.ts';
import { isAwsManaged } from './policy-names.ts';
import { createProjectedAccount } from './projected-account.ts';
import { absent, type NotFound, textOf, unreadable } from './projected-answers.ts';
import { projectHolders, projectMembers } from './projected-holders.ts';
import { createVersionFinder } from './projected-policies.ts';
import { projectPosture, tagsOf } from './projected-posture.ts';
import { createProjectedTagWriter } from './projected-tags.ts';

/** A directory rebuilt from a trail. Its clock is the time of the last change that it was given. */
export type ProjectedDirectory = Directory &
  TagWriter & {
    /** Moves the account on by one change. One that failed moves only the clock; one that was folded before, nothing. */
    fold(change: Change): void;
    /** Starts from the output of `aws iam get-account-authorization-details`. Throws where it is no such output. */
    load(authorizationDetails: unknown): void;
  };

/** What a projected directory is made of: AWS managed policies come from a file (see `loadManagedPolicies`). */
export interface ProjectedDirectoryParts {
  readonly account: string;
  readonly managedPolicies?: (arn: string) => AwsManagedPolicy | undefined;
  /** True where the caller folds no change twice: then none has to be remembered. */
  readonly eachOnce?: boolean;
}

const folds: Folds<Effect['kind']> = { ...policyFolds, ...holderFolds, ...userFolds, ...accountFolds };

/**
 * An account rebuilt from its trail, and from its authorization details where they were loaded. What neither shows is
 * `unreadable`, or named in `unread`; after loading, what is in neither is `absent`. Tags written are kept in memory only.
 */
export function createProjectedDirectory({ account: id, managedPolicies, eachOnce = false }: ProjectedDirectoryParts): ProjectedDirectory {
  const account = createProjectedAccount(id);
  const findVersion = createVersionFinder(account, managedPolicies ?? (() => undefined));
  const folded = new Set<string>();
  let asOf = new Date(0).toISOString();

  function notSeen(what: string, wasDropped: boolean): NotFound {
    if (wasDropped) return absent(`${what} was deleted or renamed`);
    return account.loaded
      ? absent(`${what} is not in the account's authorization details`)
      : unreadable(`the trail does not show ${what} being created`);
  }

  return {
    fold(change) {
      if (!eachOnce) {
        if (folded.has(change.id)) return;
        folded.add(change.id);
      }
      asOf = change.eventTime;
      if (change.errorCode !== undefined) return;
      account.partition = partitionOf(change) ?? account.partition;
      // The table pairs each kind with its own effect, which the compiler can't see through the look-up.
      const fold = folds[change.effect.kind] as (state: typeof account, effect: Effect, at: string) => void;
      fold(account, change.effect, change.eventTime);
    },
    load: (details) => loadDetails(account, details),

    async posture(userName) {
      const user = account.users.find(userName);
      if (user === undefined) return notSeen(`user ${userName}`, account.users.wasDropped(userName));
      return { found: true, value: projectPosture({ account, findVersion, asOf }, user) };
    },
    managedPolicy: async (arn, version) => findVersion(arn, version),
    async inlinePolicy(holder, policyName): Promise<Answer<string>> {
      const registry = { user: account.users, group: account.groups, role: account.roles }[holder.type];
      const state = registry.find(holder.name);
      const name = `${holder.type} ${holder.name}`;
      if (state === undefined) return notSeen(name, registry.wasDropped(holder.name));
      const document = state.inline.get(policyName);
      if (document !== undefined) return textOf(document, `inline policy ${policyName} of ${name}`);
      const detail = `the trail shows no inline policy ${policyName} of ${name}`;
      return state.complete ? absent(detail) : unreadable(detail);
    },
    holders: async (policyArn) => projectHolders(account, policyArn),
    async members(groupName) {
      const group = account.groups.find(groupName);
      return group === undefined ? notSeen(`group ${groupName}`, account.groups.wasDropped(groupName)) : projectMembers(account, group);
    },
    async passwordPolicy() {
      const { passwordPolicy } = account;
      return passwordPolicy === undefined
        ? unreadable("the trail does not show the account's password policy being set")
        : { found: true, value: passwordPolicy };
    },
    async userTags(userName) {
      const user = account.users.find(userName);
      return user === undefined ? notSeen(`user ${userName}`, account.users.wasDropped(userName)) : { found: true, value: tagsOf(user) };
    },
    async policyTags(policyArn) {
      const policy = account.policies.find(policyArn);
      if (policy !== undefined) return { found: true, value: Object.fromEntries(policy.tags) };
      if (isAwsManaged(policyArn)) return { found: true, value: {} };
      return notSeen(`policy ${policyArn}`, account.policies.wasDropped(policyArn));
    },
    ...createProjectedTagWriter(account, () => asOf),
  };
}

/** The partition that a change tells by itself: which changes came before it makes no difference. */
function partitionOf({ subject, actor, region }: Change): string | undefined {
  return partitionOfArn(subject.arn) ?? partitionOfArn(actor.arn) ?? (region === 'unknown' ? undefined : partitionOfRegion(region));
}
