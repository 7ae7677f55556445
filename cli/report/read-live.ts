import type { IAMClientConfig } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { readUserTags } from '../../guard/user-tags.ts';
import { messageOf } from '../../iam/aws-errors.ts';
import { createIamClient } from '../../iam/create-iam-client.ts';
import type { Answer } from '../../iam/directory.ts';
import { inParallel } from '../../iam/in-parallel.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { readOwnAccount } from '../../iam/own-account.ts';
import { policyNameOf } from '../../iam/policy-names.ts';
import { type Account, readAccount } from '../../iam/read-account.ts';
import { namesTag, parseNamesTag } from '../../iam/tag-values.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { visible } from '../../schemas/visible-text.ts';
import { UsageError } from '../usage-error.ts';
import { judgePolicy } from './judge-policy.ts';
import type { PolicyFacts, ReportFacts } from './report-facts.ts';

const needed = 'the policy in docs/report.md lists what a report reads';
const policiesAtOnce = 5;

/** What reading an account takes. */
export interface LiveRequest {
  readonly configuration: Configuration;
  readonly region?: string;
  now(): Date;
}

/** Reads the account of the credentials at hand: what a sweep reads, and the tags of the policies that are flagged. It writes nothing. */
export async function readLive({ configuration, region, now }: LiveRequest): Promise<ReportFacts> {
  const overrides: IAMClientConfig = region === undefined ? {} : { region };
  const client = createIamClient(overrides);
  const account = told(await readOwnAccount(client));
  const [read, readBy] = await Promise.all([readAccount({ client, account, now }), callerOf(overrides)]);
  const { asOf, credentialsAsOf, postures, customerPolicies, directory, passwordPolicy, unread } = told(read);
  const live = createLiveDirectory({ client, account, now });
  const authored = authoredNames(postures, configuration.tagPrefix);
  const policies = await inParallel(customerPolicies, policiesAtOnce, async (arn): Promise<PolicyFacts> => {
    const policy: PolicyFacts = { arn, name: policyNameOf(arn), document: await documentOf(arn, directory) };
    const judged = judgePolicy(policy, configuration, asOf);
    const isSpokenOf = !judged.found || judged.value.length > 0 || authored.has(namesTag([policy.name]));
    return isSpokenOf ? { ...policy, tags: await live.policyTags(arn) } : policy;
  });
  const report = unread.find(({ what }) => what === 'the credential report');
  return {
    account,
    asOf,
    source: {
      kind: 'account',
      readBy,
      ...(credentialsAsOf === undefined ? {} : { credentialsAsOf }),
    },
    postures,
    policies,
    passwordPolicy,
    ...(report === undefined ? {} : { noCredentials: report.why }),
    unread,
  };
}

function told<Value>(answer: Answer<Value>): Value {
  if (answer.found) return answer.value;
  throw new UsageError(`there is no report: ${visible(answer.detail)} (${needed})`);
}

async function documentOf(arn: string, directory: Account['directory']): Promise<Answer<string>> {
  const version = await directory.managedPolicy(arn);
  return version.found ? { found: true, value: version.value.document } : version;
}

/** Who reads: a report that is filed says so. Asking needs no permission; where it fails, the report says that instead. */
async function callerOf(overrides: IAMClientConfig): Promise<string> {
  const client = new STSClient({ ...(overrides.region === undefined ? {} : { region: overrides.region }), maxAttempts: 2 });
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}));
    return Arn ?? 'not told by STS';
  } catch (error) {
    return `not told: ${messageOf(error)}`;
  }
}

function authoredNames(postures: Account['postures'], prefix: string): Set<string> {
  return new Set(postures.flatMap(({ tags }) => parseNamesTag(readUserTags(tags, prefix).authored ?? '').names));
}
