import type { DoctorContext } from './context.ts';
import { channelsOf } from './expected.ts';
import { queueOf } from './queues.ts';

/** Actions that a role needs on the same resource; without one, on those that take none. */
export interface Need {
  readonly actions: readonly string[];
  readonly resource?: string;
  /** True for tags, which may be written under the guard's own prefix only. */
  readonly ownTags?: true;
}

const readUser = [
  'iam:GetAccessKeyLastUsed',
  'iam:GetLoginProfile',
  'iam:GetUser',
  'iam:GetUserPolicy',
  'iam:ListAccessKeys',
  'iam:ListAttachedUserPolicies',
  'iam:ListGroupsForUser',
  'iam:ListMFADevices',
  'iam:ListUserPolicies',
];
const readGroup = ['iam:GetGroupPolicy', 'iam:ListAttachedGroupPolicies', 'iam:ListGroupPolicies'];
const readPolicy = ['iam:GetPolicy', 'iam:GetPolicyVersion'];
const take = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'];

/** What each function's role must be able to do, by the function's name. A test compares it with the roles of the stack. */
export async function needsOf(context: DoctorContext): Promise<Readonly<Record<string, readonly Need[]>>> {
  const { configuration, stackName } = context;
  const { account, partition } = await context.caller();
  const { resources } = await context.stack();
  const iam = (resource: string) => `arn:${partition}:iam::${account}:${resource}`;
  // Names that nobody has to have: the policies of the roles allow all of a kind.
  const [user, group, role, policy] = ['user', 'group', 'role', 'policy'].map((kind) => iam(`${kind}/trailguard-doctor`));
  const queue = async (actions: readonly string[], logicalId: string) =>
    known({ actions, resource: (await queueOf(context, logicalId))?.arn });
  const bus = await context.arn('events', `event-bus/${stackName}`);

  const users = { actions: readUser, ...at(user) };
  const groups = { actions: readGroup, ...at(group) };
  const policies = { actions: readPolicy, ...at(policy) };
  const tagUsers = { actions: ['iam:TagUser', 'iam:UntagUser'], ...at(user), ownTags: true } as const;
  const tagPolicies = { actions: ['iam:TagPolicy', 'iam:UntagPolicy'], ...at(policy), ownTags: true } as const;
  const publish = { actions: ['events:PutEvents'], resource: bus };
  const table = resources.get('AlertRecords');
  const record = {
    actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    ...at(table === undefined ? undefined : await context.arn('dynamodb', `table/${table}`)),
  };
  const base = [users, groups, policies, tagUsers, publish];
  const keep = await Promise.all(['FailedEvents', 'UsersToJudgeAgain'].map((logicalId) => queue(['sqs:SendMessage'], logicalId)));
  const judging = async (name: string, more: readonly Need[]) => [name, [...base, ...more, await writeLogs(context, name)]] as const;

  const quotes: Need[] = [
    policies,
    { actions: ['iam:GetUserPolicy'], ...at(user) },
    { actions: ['iam:GetGroupPolicy'], ...at(group) },
    { actions: ['iam:GetRolePolicy'], ...at(role) },
  ];
  const key = resources.get('AlertKey');
  const encrypt = {
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    ...at(key === undefined ? undefined : await context.arn('kms', `key/${key}`)),
  };
  const toTopic = (logicalId: string): Need[] => [{ actions: ['sns:Publish'], ...at(resources.get(logicalId)) }, encrypt];
  const own: Readonly<Record<string, readonly Need[]>> = {
    mail: [...toTopic('AlertTopic'), ...quotes],
    chat: [...toTopic('ChatTopic'), ...quotes],
    slack: [await webhook(context), ...quotes],
    author: [
      { actions: ['ses:SendEmail'], resource: await context.arn('ses', `identity/${configuration.channels.author.from ?? ''}`) },
      ...quotes,
    ],
    'security-hub': [
      { actions: ['securityhub:BatchImportFindings'], resource: await context.arn('securityhub', `product/${account}/default`) },
      { actions: ['securityhub:GetFindings'], resource: await context.arn('securityhub', 'hub/default') },
    ],
    digest: [...toTopic('AlertTopic'), await queue(take, 'VerdictsToDigest')],
  };
  const telling = channelsOf(configuration)
    .filter(({ on }) => on)
    .map(async ({ name, logicalId }) => {
      const kept = name === 'digest' ? [] : [await queue(['sqs:SendMessage'], `${logicalId}Undelivered`)];
      return [`${name}-channel`, [...(own[name] ?? []), ...kept, await writeLogs(context, `${name}-channel`)]] as const;
    });

  return Object.fromEntries([
    ...(await Promise.all([
      judging('policy-changes', [
        ...keep,
        record,
        { actions: ['iam:ListEntitiesForPolicy'], ...at(policy) },
        { actions: ['iam:GetGroup'], ...at(group) },
        tagPolicies,
      ]),
      judging('user-permissions', [...keep, record]),
      judging('group-changes', [...keep, record, { actions: ['iam:GetGroup'], ...at(group) }]),
      judging('user-credentials', [...keep, record]),
      judging('account-changes', [
        ...keep,
        record,
        { actions: ['iam:GetRolePolicy'], ...at(role) },
        { actions: ['iam:GetAccountPasswordPolicy'] },
        tagPolicies,
      ]),
      judging('judge-user', [record, await queue(take, 'UsersToJudgeAgain')]),
      judging('sweep', [
        {
          actions: [
            'iam:GenerateCredentialReport',
            'iam:GetAccountAuthorizationDetails',
            'iam:GetAccountPasswordPolicy',
            'iam:GetCredentialReport',
          ],
        },
        tagPolicies,
        await queue(['sqs:SendMessage'], 'FailedEvents'),
      ]),
    ])),
    ...(await Promise.all(telling)),
  ]);
}

async function writeLogs({ arn, stackName }: DoctorContext, name: string): Promise<Need> {
  return {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resource: await arn('logs', `log-group:/aws/lambda/${stackName}-${name}:log-stream:doctor`),
  };
}

async function webhook({ arn, configuration }: DoctorContext): Promise<Need> {
  const [kind = '', name = ''] = (configuration.channels.slack.webhook ?? '').split(/:(.*)/s);
  return kind === 'ssm'
    ? { actions: ['ssm:GetParameter'], resource: await arn('ssm', `parameter${name}`) }
    : { actions: ['secretsmanager:GetSecretValue'], resource: await arn('secretsmanager', `secret:${name}-AbCdEf`) };
}

function at(resource: string | undefined): { readonly resource?: string } {
  return resource === undefined ? {} : { resource };
}

function known({ actions, resource }: { readonly actions: readonly string[]; readonly resource: string | undefined }): Need {
  return { actions, ...at(resource) };
}
