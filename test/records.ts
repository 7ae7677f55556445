import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';

/** The account that the records of the tests come from. */
export const account = '111122223333';

/** An IAM user as `userIdentity` has it. */
export function iamUser(userName: string) {
  return {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLEEXAMPLE',
    arn: `arn:aws:iam::${account}:user/${userName}`,
    accountId: account,
    accessKeyId: 'AKIAEXAMPLEEXAMPLE',
    userName,
  };
}

/** A session behind a role as `userIdentity` has it. */
export function roleSession(role: string, session: string) {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLEEXAMPLE:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId: 'ASIAEXAMPLEEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLEEXAMPLE',
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      attributes: { creationDate: '2026-03-02T08:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}

/** A successful IAM call of the user `ops`, as CloudTrail writes it; `overrides` replaces whole fields. */
export function record(eventName: string, overrides: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  return {
    eventVersion: '1.11',
    userIdentity: iamUser('ops'),
    eventTime: '2026-03-02T09:30:00Z',
    eventSource: 'iam.amazonaws.com',
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.27.0',
    requestParameters: null,
    responseElements: null,
    requestID: '5d1f0f7e-0000-4000-8000-000000000001',
    eventID: '8a6c2f4e-0000-4000-8000-000000000001',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...overrides,
  };
}

/** A denied IAM call of the user `ops` on `resource`, as its message names it (`user alice`, `policy ARN version v2`, …). */
export function denied(eventName: string, resource: string, overrides: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  const action = `iam:${eventName}`;
  return record(eventName, {
    errorCode: 'AccessDenied',
    errorMessage: `User: arn:aws:iam::${account}:user/ops is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    ...overrides,
  });
}
