import { describe, expect, it } from 'vitest';
import { actorOf } from '../../events/actor.ts';
import type { Actor } from '../../events/change.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { account, iamUser, record, roleSession } from '../records.ts';

type Identity = NonNullable<CloudTrailRecord['userIdentity']> | null;

const sts = `arn:aws:sts::${account}`;
const permissionSet = 'AWSReservedSSO_AdministratorAccess_0123456789abcdef';

const cases: readonly [who: string, identity: Identity, actor: Actor][] = [
  ['an IAM user', iamUser('ops'), { type: 'IAMUser', name: 'ops', arn: `arn:aws:iam::${account}:user/ops`, accountId: account }],
  [
    'an IAM user with an ARN alone',
    { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/staff/ops` },
    { type: 'IAMUser', name: 'ops', arn: `arn:aws:iam::${account}:user/staff/ops`, accountId: account },
  ],
  [
    'an IAM user without an ARN',
    { type: 'IAMUser', userName: 'ops', accountId: account },
    { type: 'IAMUser', name: 'ops', accountId: account },
  ],
  [
    "root, whose userName would be the account's alias",
    { type: 'Root', arn: `arn:aws:iam::${account}:root`, accountId: account, accessKeyId: '', userName: 'example-alias' },
    { type: 'Root', arn: `arn:aws:iam::${account}:root`, accountId: account },
  ],
  [
    'a session behind a role',
    roleSession('deployer', 'build-42'),
    { type: 'AssumedRole', name: 'deployer', session: 'build-42', arn: `${sts}:assumed-role/deployer/build-42`, accountId: account },
  ],
  [
    'a person of IAM Identity Center, by the path of the role',
    {
      type: 'AssumedRole',
      arn: `${sts}:assumed-role/${permissionSet}/ana@example.com`,
      accountId: account,
      sessionContext: {
        sessionIssuer: {
          userName: permissionSet,
          arn: `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/${permissionSet}`,
        },
      },
    },
    {
      type: 'AssumedRole',
      name: permissionSet,
      session: 'ana@example.com',
      arn: `${sts}:assumed-role/${permissionSet}/ana@example.com`,
      accountId: account,
      identityCenter: true,
    },
  ],
  [
    'a session of a role that somebody named like one of IAM Identity Center',
    roleSession(permissionSet, 'ana@example.com'),
    {
      type: 'AssumedRole',
      name: permissionSet,
      session: 'ana@example.com',
      arn: `${sts}:assumed-role/${permissionSet}/ana@example.com`,
      accountId: account,
    },
  ],
  [
    'a session without its issuer',
    { type: 'AssumedRole', arn: `${sts}:assumed-role/deployer/build-42` },
    { type: 'AssumedRole', name: 'deployer', session: 'build-42', arn: `${sts}:assumed-role/deployer/build-42`, accountId: account },
  ],
  [
    'a session without an ARN',
    { type: 'AssumedRole', principalId: 'AROAEXAMPLEEXAMPLE:build-42', sessionContext: { sessionIssuer: { userName: 'deployer' } } },
    { type: 'AssumedRole', name: 'deployer', session: 'build-42' },
  ],
  [
    'a federated user, with the user who vouched for it',
    {
      type: 'FederatedUser',
      arn: `${sts}:federated-user/ana`,
      accountId: account,
      sessionContext: { sessionIssuer: { type: 'IAMUser', userName: 'broker' } },
    },
    { type: 'FederatedUser', name: 'broker', session: 'ana', arn: `${sts}:federated-user/ana`, accountId: account },
  ],
  ['a web identity', { type: 'WebIdentityUser', userName: '1234567890' }, { type: 'WebIdentityUser', name: '1234567890' }],
  ['a SAML user', { type: 'SAMLUser', userName: 'ana@example.com' }, { type: 'SAMLUser', name: 'ana@example.com' }],
  [
    'a user of Identity Center itself',
    { type: 'IdentityCenterUser', accountId: account, onBehalfOf: { userId: '94482488-3041-7005' } },
    { type: 'IdentityCenterUser', session: '94482488-3041-7005', accountId: account },
  ],
  ['an AWS service', { type: 'AWSService', invokedBy: 'sso.amazonaws.com' }, { type: 'AWSService', name: 'sso.amazonaws.com' }],
  ['another account', { type: 'AWSAccount', accountId: '444455556666' }, { type: 'AWSAccount', accountId: '444455556666' }],
  [
    'an identity without a type',
    { accountId: account, invokedBy: 'AWS Internal' },
    { type: 'Unknown', name: 'AWS Internal', accountId: account },
  ],
  ['nobody', null, { type: 'Unknown' }],
];

describe('the actor', () => {
  it.each(cases)('is %s', (_who, userIdentity, actor) => {
    expect(actorOf(record('DeleteUser', { userIdentity }))).toStrictEqual(actor);
  });

  it('is unknown in a record without an identity', () => {
    const { userIdentity, ...rest } = record('DeleteUser');
    expect(userIdentity).toBeDefined();
    expect(actorOf(rest)).toStrictEqual({ type: 'Unknown' });
  });
});
