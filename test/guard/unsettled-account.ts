import type { Change, Effect } from '../../events/change.ts';
import { interpret } from '../../events/interpret.ts';
import type { Directory, TagWriter } from '../../iam/directory.ts';
import { createProjectedDirectory, type ProjectedDirectory } from '../../iam/projected-directory.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { account } from '../records.ts';

/** An account whose reads may be older than what happened in it, as IAM's are. */
export interface UnsettledAccount {
  /** As it is now: what IAM answers once it has settled. */
  readonly fresh: ProjectedDirectory;
  /** Each read is as old as `lag` says, in milliseconds; what is written is written at once. */
  readonly directory: Directory & TagWriter;
  /** Writes to the account as it is now, reads from it. */
  readonly settled: Directory & TagWriter;
  happens(record: CloudTrailRecord, at: number): void;
}

/** An account, rebuilt as of any moment from what happened in it and what the guard wrote. `now` and `lag` are in milliseconds. */
export function unsettledAccount(now: () => number, lag: () => number): UnsettledAccount {
  const fresh = emptyAccount();
  const log: { readonly at: number; readonly change: Change }[] = [];

  function asOf(time: number): ProjectedDirectory {
    const directory = emptyAccount();
    for (const { at, change } of log) if (at <= time) directory.fold(change);
    return directory;
  }
  const read = (): ProjectedDirectory => {
    const age = lag();
    return age === 0 ? fresh : asOf(now() - age);
  };
  const wrote = (effect: Effect) => {
    const id = `write-${log.length}`;
    log.push({ at: now(), change: { ...blank, id, eventTime: new Date(now()).toISOString(), effect } });
  };
  const toTags = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([key, value]) => ({ key, value }));
  const writer: TagWriter = {
    async tagUser(userName, tags) {
      await fresh.tagUser(userName, tags);
      wrote({ kind: 'user-tagged', userName, tags: toTags(tags) });
    },
    async untagUser(userName, keys) {
      await fresh.untagUser(userName, keys);
      wrote({ kind: 'user-untagged', userName, keys });
    },
    async tagPolicy(arn, tags) {
      await fresh.tagPolicy(arn, tags);
      wrote({ kind: 'policy-tagged', arn, tags: toTags(tags) });
    },
    async untagPolicy(arn, keys) {
      await fresh.untagPolicy(arn, keys);
      wrote({ kind: 'policy-untagged', arn, keys });
    },
  };
  const readerOf = (from: () => ProjectedDirectory): Directory => ({
    posture: (name) => from().posture(name),
    managedPolicy: (arn, version) => from().managedPolicy(arn, version),
    inlinePolicy: (holder, name) => from().inlinePolicy(holder, name),
    holders: (arn) => from().holders(arn),
    members: (name) => from().members(name),
    passwordPolicy: () => from().passwordPolicy(),
    userTags: (name) => from().userTags(name),
    policyTags: (arn) => from().policyTags(arn),
  });
  return {
    fresh,
    directory: { ...readerOf(read), ...writer },
    settled: { ...readerOf(() => fresh), ...writer },
    happens(record, at) {
      const change = interpret(record, record.eventID ?? '');
      if (change === undefined) throw new Error(`${record.eventName} is not in the catalog`);
      fresh.fold(change);
      log.push({ at, change });
    },
  };
}

/** An account of which all is known: what is not in it does not exist, as IAM would say. */
function emptyAccount(): ProjectedDirectory {
  const directory = createProjectedDirectory({ account });
  directory.load({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] });
  return directory;
}

const blank: Omit<Change, 'id' | 'eventTime' | 'effect'> = {
  eventName: 'TagUser',
  eventSource: 'iam.amazonaws.com',
  account,
  region: 'us-east-1',
  actor: { type: 'AssumedRole', name: 'guard' },
  subject: { type: 'account', account },
};
