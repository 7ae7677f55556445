import { interpret } from '../events/interpret.ts';
import type { Directory, TagWriter } from '../iam/directory.ts';
import { createProjectedDirectory, type ProjectedDirectory } from '../iam/projected-directory.ts';
import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import { namesIn, type Population } from './load-account.ts';
import type { LoadEvent, LoadEvents } from './load-events.ts';
import { notingTags } from './load-own-tags.ts';

/** An account in memory, which stands for IAM. */
export interface AccountState {
  /** IAM as the guard's functions meet it: each tag that they write is a record of their role. */
  readonly directory: () => Directory & TagWriter;
  /** Records of the guard's own tagging that were not taken from here yet. */
  readonly own: CloudTrailRecord[];
  happens(event: LoadEvent): void;
  /** Makes the same account anew, tags and all: what the old one remembers of the past is gone. */
  renew(): Promise<void>;
}

/** The account that these events happen to. */
export function createAccountState(population: Population, events: LoadEvents, now: () => Date): AccountState {
  const { account } = population;
  const own: CloudTrailRecord[] = [];
  let state = made(account, events);
  let met = notingTags(state, { account, own, now });

  return {
    own,
    directory: () => met,
    happens({ happened, done }) {
      if (done) fold(state, happened);
    },
    async renew() {
      const fresh = made(account, events);
      const { policyArn, user } = namesIn(population);
      for (let n = 0; n < population.users; n++) await keepTags(state.userTags(user(n)), (tags) => fresh.tagUser(user(n), tags));
      for (let n = 0; n < population.policies; n++) {
        const arn = policyArn(`policy-${n}`);
        await keepTags(state.policyTags(arn), (tags) => fresh.tagPolicy(arn, tags));
      }
      state = fresh;
      met = notingTags(state, { account, own, now });
    },
  };
}

async function keepTags(
  answer: ReturnType<Directory['userTags']>,
  write: (tags: Readonly<Record<string, string>>) => Promise<void>,
): Promise<void> {
  const tags = await answer;
  if (tags.found && Object.keys(tags.value).length > 0) await write(tags.value);
}

function made(account: string, events: LoadEvents): ProjectedDirectory {
  const state = createProjectedDirectory({ account });
  // Whoever is not in it does not exist, as in the live account.
  state.load({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] });
  for (const record of events.standing()) fold(state, record);
  return state;
}

function fold(state: ProjectedDirectory, record: CloudTrailRecord): void {
  const change = interpret(record, record.eventID ?? '');
  if (change === undefined) throw new Error(`\`${record.eventName}\` is in no catalog: take it out of the mix`);
  state.fold(change);
}
