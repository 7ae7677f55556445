import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateRoleCommand,
  DeleteLoginProfileCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { everything, harmless } from '../deploy/events.ts';
import { recordOf } from '../guard/iam-calls.ts';
import { record } from '../records.ts';

const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** A call on a user, what IAM must hold for it, and whether its event alone is enough for an alert. */
interface Kind {
  readonly command: (UserName: string) => { readonly input: object };
  readonly needs?: string;
  readonly gives?: string;
  readonly takes?: string;
  /** True where the user must not have it yet. */
  readonly once?: true;
  readonly alerts: boolean;
}

const put = (PolicyName: string, PolicyDocument: string): Kind => ({
  command: (UserName) => new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }),
  gives: PolicyName,
  alerts: true,
});
const attach = (PolicyArn: string): Kind => ({
  command: (UserName) => new AttachUserPolicyCommand({ UserName, PolicyArn }),
  gives: PolicyArn,
  alerts: true,
});

const kinds: readonly Kind[] = [
  put('all', everything),
  put('some', harmless),
  put('all', harmless),
  attach(admin),
  attach(readOnly),
  ...['all', 'some'].map(
    (PolicyName): Kind => ({
      command: (UserName) => new DeleteUserPolicyCommand({ UserName, PolicyName }),
      needs: PolicyName,
      takes: PolicyName,
      alerts: false,
    }),
  ),
  ...[admin, readOnly].map(
    (PolicyArn): Kind => ({
      command: (UserName) => new DetachUserPolicyCommand({ UserName, PolicyArn }),
      needs: PolicyArn,
      takes: PolicyArn,
      alerts: false,
    }),
  ),
  { command: (UserName) => new CreateAccessKeyCommand({ UserName }), gives: 'key', once: true, alerts: false },
  {
    command: (UserName) => new CreateLoginProfileCommand({ UserName, Password: 'correct-horse-1' }),
    gives: 'password',
    once: true,
    alerts: false,
  },
  { command: (UserName) => new DeleteLoginProfileCommand({ UserName }), needs: 'password', takes: 'password', alerts: false },
];

/** What one of many calls left behind. */
export interface Made {
  readonly record: CloudTrailRecord;
  /** True where its event alone is enough for an alert. */
  readonly alerts: boolean;
}

/**
 * Makes so many calls, each one that IAM takes at that point, and answers their records: one a second, the last of them now. A quarter of them was refused, a
 * quarter is about a role, the others are about users.
 */
export const makeCalls = async (
  iam: IAMClient,
  users: readonly string[],
  { calls, random, account }: { readonly calls: number; readonly random: () => number; readonly account: string },
): Promise<Made[]> => {
  const role = 'crowd-role';
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  await iam.send(new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument }));
  const holds = new Map(users.map((user) => [user, new Set<string>()]));
  const now = Date.now();
  const made: Made[] = [];
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  for (let index = 0; index < calls; index++) {
    const eventTime = new Date(now - (calls - index) * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
    const overrides = { eventID: `call-${index}`, eventTime, recipientAccountId: account };
    const userName = pick(users);
    const kindOfCall = random();
    if (kindOfCall < 0.25) {
      const request = { userName, policyName: 'all', policyDocument: everything };
      const refused = { requestParameters: request, errorCode: 'AccessDenied', errorMessage: 'User: ops is not authorized' };
      made.push({ record: record('PutUserPolicy', { ...overrides, ...refused }), alerts: true });
      continue;
    }
    if (kindOfCall < 0.5) {
      const command = new PutRolePolicyCommand({ RoleName: role, PolicyName: pick(['all', 'more']), PolicyDocument: everything });
      made.push({ record: recordOf(command, await iam.send(command), overrides), alerts: true });
      continue;
    }
    const held = holds.get(userName) ?? new Set();
    const kind = pick(
      kinds.filter(({ needs, gives, once }) => (needs === undefined || held.has(needs)) && !(once && held.has(gives ?? ''))),
    );
    const command = kind.command(userName);
    const output: unknown = await iam.send(command as PutUserPolicyCommand);
    if (kind.gives !== undefined) held.add(kind.gives);
    if (kind.takes !== undefined) held.delete(kind.takes);
    made.push({ record: recordOf(command, output, overrides), alerts: kind.alerts });
  }
  return made;
};
