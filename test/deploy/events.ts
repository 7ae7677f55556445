import { randomUUID } from 'node:crypto';
import { iamUser, record } from '../records.ts';

/** The account that moto plays. */
export const account = '123456789012';

/** A document that allows everything. */
export const everything = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });

/** A document that nobody would object to. */
export const harmless = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' }],
});

/** What EventBridge hands to a function: an IAM call of alice, made just now in moto's account. */
export const delivered = (eventName: string, overrides: Parameters<typeof record>[1] = {}) => {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const alice = { ...iamUser('alice'), accountId: account, arn: `arn:aws:iam::${account}:user/alice` };
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    account,
    time: now,
    region: 'us-east-1',
    resources: [],
    detail: record(eventName, { userIdentity: alice, eventTime: now, eventID: randomUUID(), recipientAccountId: account, ...overrides }),
  };
};
