import type { IAMClient } from '@aws-sdk/client-iam';
import type { PasswordPolicy, Posture, Unread } from '../analyzers/posture.ts';
import { type AccountDetails, readAccountDetails } from './account-details.ts';
import { type CredentialReport, patiently, readCredentialReport, type Waiting } from './credential-report.ts';
import type { Answer, Directory } from './directory.ts';
import { inParallel } from './in-parallel.ts';
import { readPasswordPolicy } from './live-password-policy.ts';
import { createLivePolicies } from './live-policies.ts';
import type { AwsManagedPolicy } from './managed-policies.ts';
import { isAwsManaged } from './policy-names.ts';
import { createProjectedDirectory } from './projected-directory.ts';
import { withCredentials } from './with-credentials.ts';

/** An account as one paged read shows it. */
export interface Account {
  /** When the reading began. ISO 8601. */
  readonly asOf: string;
  /** When IAM made the credential report: what the postures say of keys, passwords and MFA is as old. Up to four hours; undefined where there is no report. */
  readonly credentialsAsOf?: string;
  /** Every user's, by name. */
  readonly postures: readonly Posture[];
  /** ARNs of the customer managed policies. */
  readonly customerPolicies: readonly string[];
  /** What was read, kept in memory: asking it makes no call. */
  readonly directory: Pick<Directory, 'managedPolicy' | 'inlinePolicy' | 'holders' | 'members'>;
  readonly passwordPolicy: Answer<PasswordPolicy | null>;
  /** What of the account as a whole could not be read. Each posture names its own. */
  readonly unread: readonly Unread[];
}

/** What reading an account needs. */
export interface AccountSource {
  readonly client: IAMClient;
  readonly account: string;
  readonly now: () => Date;
  readonly waiting?: Waiting;
  /** Users, groups and policies on a page. */
  readonly pageSize?: number;
}

const policiesAtOnce = 5;

/**
 * Every user's posture at once: policies from the authorization details, credentials from the credential report, and the
 * password policy. One call a page, two or three for the report, one for the password policy, and two for each AWS managed policy
 * in use that no page told. Not found where the authorization details may not be read; throws on a fault that a retry may mend.
 */
export async function readAccount({ client, account, now, waiting = patiently, pageSize }: AccountSource): Promise<Answer<Account>> {
  const asOf = now().toISOString();
  const [details, report, passwordPolicy] = await Promise.all([
    readAccountDetails(client, pageSize),
    readCredentialReport(client, waiting),
    readPasswordPolicy(client),
  ]);
  if (!details.found) return details;

  const untold = await readUntoldPolicies(client, now, details.value);
  const directory = createProjectedDirectory({ account, managedPolicies: (arn) => untold.get(arn) });
  directory.load(details.value);
  // Users who come and go while the pages are read may stand on two of them.
  const names = [...new Set(details.value.UserDetailList.map((user) => user.UserName ?? ''))].sort();
  const answers = await Promise.all(names.map((name) => directory.posture(name)));
  const postures = answers.flatMap((posture) => (posture.found ? [withCredentials({ ...posture.value, asOf }, report)] : []));
  return {
    found: true,
    value: {
      asOf,
      ...(report.found ? { credentialsAsOf: report.value.generatedAt } : {}),
      postures,
      customerPolicies: details.value.Policies.flatMap(({ Arn }) => (Arn === undefined || isAwsManaged(Arn) ? [] : [Arn])).sort(),
      directory,
      passwordPolicy,
      unread: unreadOf(report, passwordPolicy),
    },
  };
}

function unreadOf(report: Answer<CredentialReport>, passwordPolicy: Answer<unknown>): Unread[] {
  return [
    ...(report.found ? [] : [{ what: 'the credential report', why: report.detail }]),
    ...(passwordPolicy.found ? [] : [{ what: 'the password policy of the account', why: passwordPolicy.detail }]),
  ];
}

// The pages tell those of AWS's policies that are attached; one that is only a boundary may be none of them.
async function readUntoldPolicies(client: IAMClient, now: () => Date, details: AccountDetails): Promise<Map<string, AwsManagedPolicy>> {
  const told = new Set(details.Policies.map(({ Arn }) => Arn));
  const used = [...details.UserDetailList, ...details.GroupDetailList].flatMap((holder) => [
    ...(holder.AttachedManagedPolicies ?? []).map(({ PolicyArn }) => PolicyArn),
    ...('PermissionsBoundary' in holder ? [holder.PermissionsBoundary?.PermissionsBoundaryArn] : []),
  ]);
  const untold = [...new Set(used)].filter((arn): arn is string => arn !== undefined && isAwsManaged(arn) && !told.has(arn));
  const policies = createLivePolicies(client, now);
  const read = await inParallel(untold, policiesAtOnce, (arn) => policies.version(arn));
  return new Map(read.flatMap((policy) => (policy.found ? [[policy.value.arn, policy.value]] : [])));
}
