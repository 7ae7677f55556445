import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';

/** A CloudTrail record of IAM with this id and time, made by the user ada in account 111122223333. */
export function record(
  eventID: string,
  time: string,
  eventName: string,
  requestParameters: Record<string, unknown> | null,
  more: Partial<CloudTrailRecord> = {},
): CloudTrailRecord {
  return {
    eventVersion: '1.10',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ada', accountId: '111122223333', userName: 'ada' },
    eventTime: `2026-03-17T${time}Z`,
    eventSource: 'iam.amazonaws.com',
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.24.20',
    requestParameters,
    responseElements: null,
    eventID,
    recipientAccountId: '111122223333',
    ...more,
  };
}

/** A CreateUser record, with what IAM answers. */
export function createUser(eventID: string, time: string, userName: string): CloudTrailRecord {
  const arn = `arn:aws:iam::111122223333:user/${userName}`;
  return record(
    eventID,
    time,
    'CreateUser',
    { userName },
    { responseElements: { user: { userName, path: '/', userId: 'AIDAEXAMPLE', arn } } },
  );
}

/** A log file of CloudTrail. */
export function log(...records: object[]): object {
  return { Records: records };
}
