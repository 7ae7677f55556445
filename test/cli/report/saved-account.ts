import { buildReport, type ReportRequest } from '../../../cli/report/build-report.ts';
import { savedFacts } from '../../../cli/report/read-saved.ts';
import type { Report } from '../../../cli/report/report.ts';
import { defaultConfiguration } from '../../../schemas/configuration.ts';

/** The account of these tests. */
export const account = '111122223333';
/** When their reports are made. */
export const asOf = '2026-05-01T06:00:00.000Z';

/** A user of a saved account. */
export interface SavedUser {
  readonly groups?: readonly string[];
  /** ARNs. */
  readonly attached?: readonly string[];
  /** Statements of inline policies, by name. */
  readonly inline?: Readonly<Record<string, object>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A statement that allows an action on everything. */
export function allowing(action: string | readonly string[], more: object = {}): object {
  return { Effect: 'Allow', Action: action, Resource: '*', ...more };
}

/** The guard's tags: `{ verdict: 'high' }` → `{ 'trailguard:verdict': 'high' }`. */
export function guardTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`trailguard:${key}`, value]));
}

const document = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] });
const inlines = (policies: Readonly<Record<string, object>>) =>
  Object.entries(policies).map(([PolicyName, statement]) => ({ PolicyName, PolicyDocument: document(statement) }));

/** Authorization details as the AWS CLI saves them: users, inline policies of groups, and customer managed policies, by name. */
export function savedAccount(
  users: Readonly<Record<string, SavedUser>>,
  groups: Readonly<Record<string, Readonly<Record<string, object>>>> = {},
  policies: Readonly<Record<string, object>> = {},
): object {
  return {
    UserDetailList: Object.entries(users).map(([UserName, { groups: of = [], attached = [], inline = {}, tags = {} }]) => ({
      UserName,
      Path: '/',
      Arn: `arn:aws:iam::${account}:user/${UserName}`,
      CreateDate: '2024-01-01T00:00:00+00:00',
      GroupList: of,
      UserPolicyList: inlines(inline),
      AttachedManagedPolicies: attached.map((arn) => ({ PolicyArn: arn, PolicyName: arn.split('/').at(-1) })),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    })),
    GroupDetailList: Object.entries(groups).map(([GroupName, policies]) => ({
      GroupName,
      Arn: `arn:aws:iam::${account}:group/${GroupName}`,
      GroupPolicyList: inlines(policies),
      AttachedManagedPolicies: [],
    })),
    RoleDetailList: [],
    Policies: Object.entries(policies).map(([name, statement]) => ({
      PolicyName: name,
      Arn: customer(name),
      DefaultVersionId: 'v1',
      PolicyVersionList: [{ VersionId: 'v1', Document: document(statement) }],
    })),
  };
}

/** The ARN of a customer managed policy. */
export function customer(name: string): string {
  return `arn:aws:iam::${account}:policy/${name}`;
}

/** The report on a saved account. */
export async function reportOn(details: object, request: Partial<ReportRequest> = {}): Promise<Report> {
  const source = { kind: 'file', file: 'account.json', sha256: 'f'.repeat(64), writtenAt: asOf } as const;
  const facts = await savedFacts({ account, details }, source, asOf);
  return buildReport(facts, { configuration: defaultConfiguration, version: '1.2.3', ...request });
}
