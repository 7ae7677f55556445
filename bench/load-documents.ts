import type { Chance } from './trail-records.ts';

const services: readonly (readonly [service: string, names: readonly string[]])[] = [
  ['s3', ['GetObject', 'PutObject', 'ListBucket', 'DeleteObject']],
  ['dynamodb', ['GetItem', 'PutItem', 'Query', 'UpdateItem']],
  ['sqs', ['SendMessage', 'ReceiveMessage', 'DeleteMessage']],
  ['logs', ['CreateLogStream', 'PutLogEvents', 'CreateLogGroup']],
  ['kms', ['Decrypt', 'GenerateDataKey']],
  ['ssm', ['GetParameter', 'GetParametersByPath']],
];

/** One in so many documents is too broad. */
const broadIn = 12;

const broad: readonly object[] = [
  { Effect: 'Allow', Action: '*', Resource: '*' },
  { Effect: 'Allow', Action: 's3:*', Resource: '*' },
  { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' },
  { Effect: 'Allow', Action: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'], Resource: '*' },
];

/** A policy of one to four statements on named things, now and then too broad, now and then printed over many lines. No two are the same. */
export function documentText(chance: Chance, account: string): string {
  const Statement: object[] = Array.from({ length: 1 + chance.below(4) }, (_, index) => {
    const [service, names] = chance.of(services);
    const place = service === 's3' ? ':' : `eu-central-1:${account}`;
    const arn = `arn:aws:${service}:${place}:app-${chance.hex(8)}`;
    return {
      Sid: `Allow${service}${index}`,
      Effect: 'Allow',
      Action: names.slice(0, 1 + chance.below(names.length)).map((name) => `${service}:${name}`),
      Resource: [arn, `${arn}/*`],
      ...(chance.below(6) === 0 ? { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } } } : {}),
    };
  });
  const all = chance.below(broadIn) === 0 ? [...Statement, chance.of(broad)] : Statement;
  return JSON.stringify({ Version: '2012-10-17', Statement: all }, undefined, chance.below(3) === 0 ? 2 : 0);
}
