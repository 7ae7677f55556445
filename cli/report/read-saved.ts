import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Directory } from '../../iam/directory.ts';
import { loadManagedPolicies } from '../../iam/managed-policies.ts';
import { isAwsManaged, policyNameOf } from '../../iam/policy-names.ts';
import { createProjectedDirectory } from '../../iam/projected-directory.ts';
import { withCredentials } from '../../iam/with-credentials.ts';
import { visible } from '../../schemas/visible-text.ts';
import { managedPoliciesFile } from '../installed.ts';
import { type AccountState, readAccountState } from '../read-account-state.ts';
import { UsageError } from '../usage-error.ts';
import type { PolicyFacts, ReportFacts } from './report-facts.ts';

const noCredentials = '`aws iam get-account-authorization-details` tells no keys, passwords or MFA devices';

/** Reads an account from a saved answer of `aws iam get-account-authorization-details`. Throws a `UsageError` where the file is none. */
export async function readSaved(path: string, asOf: string): Promise<ReportFacts> {
  const state = await readAccountState(path, '--from');
  const [bytes, { mtime }] = await Promise.all([readFile(path), stat(path)]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    return await savedFacts(state, { kind: 'file', file: path, sha256, writtenAt: mtime.toISOString() }, asOf);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('the authorization details '))
      throw new UsageError(`--from \`${visible(path)}\`: ${error.message}`);
    throw error;
  }
}

/** What saved authorization details tell of their account. Throws where they are none. */
export async function savedFacts({ account, details }: AccountState, source: ReportFacts['source'], asOf: string): Promise<ReportFacts> {
  const directory = createProjectedDirectory({ account, managedPolicies: loadManagedPolicies(managedPoliciesFile()) });
  directory.load(details);
  // What is loaded has this shape: loading throws otherwise.
  const { UserDetailList, Policies } = details as { UserDetailList: { UserName: string }[]; Policies: { Arn: string }[] };
  const names = [...new Set(UserDetailList.map(({ UserName }) => UserName))].sort();
  const answers = await Promise.all(names.map((name) => directory.posture(name)));
  const report = { found: false, why: 'unreadable', detail: noCredentials } as const;
  const customers = Policies.map(({ Arn }) => Arn).filter((arn) => !isAwsManaged(arn));
  const policies = await Promise.all(customers.map((arn) => savedPolicy(arn, directory)));
  return {
    account,
    asOf,
    source,
    postures: answers.flatMap((answer) => (answer.found ? [withCredentials({ ...answer.value, asOf }, report)] : [])),
    policies,
    noCredentials,
    unread: [
      { what: 'keys, passwords and MFA devices', why: noCredentials },
      { what: 'the password policy of the account', why: 'it is not part of authorization details' },
      ...(policies.some(({ tags }) => tags !== undefined) || policies.length === 0
        ? []
        : [{ what: 'the tags of managed policies', why: 'the authorization details tell none' }]),
    ],
  };
}

async function savedPolicy(arn: string, directory: Pick<Directory, 'managedPolicy' | 'policyTags'>): Promise<PolicyFacts> {
  const [version, tags] = await Promise.all([directory.managedPolicy(arn), directory.policyTags(arn)]);
  return {
    arn,
    name: policyNameOf(arn),
    document: version.found ? { found: true, value: version.value.document } : version,
    ...(tags.found && Object.keys(tags.value).length > 0 ? { tags } : {}),
  };
}
