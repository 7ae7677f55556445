import { describe, expect, test } from 'vitest';
import { narrowerStatements } from '../../analyzers/narrower-statement.ts';
import { serviceOf } from '../../policy/catalog/action-catalog.ts';

interface Narrower {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

const statementsFor = (prefix: string, partition?: string) =>
  narrowerStatements(serviceOf(prefix), partition).map((text) => JSON.parse(text) as Narrower);

/** The names that stand in for a service, those that read before those that write. */
const namesFor = (prefix: string) =>
  statementsFor(prefix).map(
    ({ Sid, Action }) => `${Sid.slice(0, 5)}: ${Action.map((action) => action.slice(prefix.length + 1)).join(' ')}`,
  );

describe('what stands in for a whole service', () => {
  test('are statements to fill in, one that reads and one that writes', () => {
    expect(statementsFor('sqs')).toEqual([
      {
        Sid: 'ReadSqs',
        Effect: 'Allow',
        Action: ['sqs:Get*', 'sqs:List*', 'sqs:ReceiveMessage'],
        Resource: ['arn:aws:sqs:REGION:ACCOUNT:NAME'],
      },
      {
        Sid: 'WriteSqsExceptPermissionsAndDeletion',
        Effect: 'Allow',
        Action: ['sqs:ChangeMessageVisibility', 'sqs:CreateQueue', 'sqs:SendMessage'],
        Resource: ['arn:aws:sqs:REGION:ACCOUNT:NAME'],
      },
    ]);
  });

  test.each([
    // Reads by all of their verbs; a verb with something else under it by its plainest name.
    ['iotfleethub', ['ReadI: DescribeApplication List*', 'Write: CreateApplication UpdateApplication']],
    ['mapcredits', ['ReadM: List*']],
    ['ssmmessages', ['Write: CreateDataChannel OpenDataChannel']],
    // What it lets the caller become is left out.
    ['sts', ['ReadS: GetSessionToken', 'Write: DecodeAuthorizationMessage GetFederationToken Set*']],
    ['iam', ['ReadI: Generate* Get* List* Simulate*', 'Write: ChangePassword CreateRole Enable* UpdateRole Upload*']],
    // Patterns that would be the whole again give way to names, and those to all but one.
    ['a2c', ['ReadA: Get*', 'Write: StartDeploymentJob']],
    ['eks-mcp', ['ReadE: InvokeMcp', 'Write: CallPrivilegedTool']],
    ['execute-api', ['Write: InvalidateCache Invoke']],
    ['awsconnector', ['ReadA: GetConnectorHealth', 'Write: RegisterConnector']],
    // Of two actions nothing narrower can be said than their names.
    ['workmailmessageflow', ['ReadW: GetRawMessageContent', 'Write: PutRawMessageContent']],
    ['geo-maps', ['ReadG: Get*']],
    // Where nothing is to be offered, the author fills in the name.
    ['rds-db', ['UseRd: ACTION_IN_USE']],
    ['brandnew', ['UseBr: ACTION_IN_USE']],
  ])('for %s: %j', (prefix, expected) => {
    expect(namesFor(prefix)).toEqual(expected);
  });

  test('never takes away or makes the caller more', () => {
    const names = ['iam', 'sts', 'ec2', 'lambda', 'organizations'].flatMap(namesFor).join(' ');
    expect(names).not.toMatch(/Delete|Remove|Terminate|Purge|Disable|Deactivate|Destroy|Assume|Pass[A-Z]|CreateAccessKey|AttachUserPolicy/);
  });
});

describe('its Sid', () => {
  test.each([
    ['execute-api', 'WriteExecuteApiExceptPermissionsAndDeletion'],
    ['rds-db', 'UseRdsDb'],
    ['a4b', 'ReadA4b'],
    ['brand.new', 'UseBrandNew'],
  ])('of %s is %s', (prefix, sid) => {
    expect(statementsFor(prefix)[0]?.Sid).toBe(sid);
  });
});

describe('its resources', () => {
  test.each([
    ['s3', ['arn:aws:s3:::BUCKET', 'arn:aws:s3:::BUCKET/*']],
    ['dynamodb', ['arn:aws:dynamodb::ACCOUNT:global-table/NAME', 'arn:aws:dynamodb:REGION:ACCOUNT:table/NAME']],
    [
      'execute-api',
      ['arn:aws:execute-api:REGION:ACCOUNT:/domainnames/NAME+NAME', 'arn:aws:execute-api:REGION:ACCOUNT:NAME/NAME/NAME/NAME'],
    ],
    ['kms', ['arn:aws:kms:REGION:ACCOUNT:key/NAME']],
    ['geo-maps', ['arn:aws:geo-maps:REGION::provider/default']],
    ['sts', ['arn:aws:iam::ACCOUNT:role/NAME']],
    ['opsworks-cm', ['arn:aws:opsworks-cm::ACCOUNT:backup/NAME', 'arn:aws:opsworks-cm::ACCOUNT:server/NAME/NAME']],
    // Of more than two kinds one general form stands for all.
    ['glue', ['arn:aws:glue:REGION:ACCOUNT:RESOURCE']],
    ['iam', ['arn:aws:iam::ACCOUNT:RESOURCE']],
    ['ec2', ['arn:aws:ec2:REGION:ACCOUNT:RESOURCE']],
    ['brandnew', ['arn:aws:brandnew:REGION:ACCOUNT:NAME']],
  ])('for %s: %j', (prefix, expected) => {
    for (const partition of ['aws', 'aws-eusc'])
      for (const { Resource } of statementsFor(prefix, partition))
        expect(Resource).toEqual(expected.map((arn) => arn.replace('arn:aws:', `arn:${partition}:`)));
  });

  test('are of the partition that is asked for', () => {
    expect(statementsFor('kms', 'aws-cn')[0]?.Resource).toEqual(['arn:aws-cn:kms:REGION:ACCOUNT:key/NAME']);
    expect(statementsFor('s3', 'aws-us-gov')[0]?.Resource).toEqual(['arn:aws-us-gov:s3:::BUCKET', 'arn:aws-us-gov:s3:::BUCKET/*']);
  });
});
