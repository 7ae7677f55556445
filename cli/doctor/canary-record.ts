import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import type { DoctorContext } from './context.ts';

/** What the ids of canaries begin with, and of their verdicts: by it a rule on the guard's bus can leave them out. */
export const canaryPrefix = 'trailguard-canary-';

/** The user that the canary's call was aimed at. Nobody has to have that name: of a denied call nothing is read, and nobody is tagged. */
const target = 'trailguard-canary';

/**
 * What EventBridge would hand over for a denied call, which gives the verdict `attempted`: nothing happened, so nobody is tagged or judged again. It says
 * in every field that it is none.
 */
export async function canaryEnvelope({ caller, now, region }: DoctorContext, id: string) {
  const { account, arn, partition } = await caller();
  const time = now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z');
  const detail: CloudTrailRecord = {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      userName: 'trailguard-doctor',
      arn: `arn:${partition}:iam::${account}:user/trailguard-doctor`,
      accountId: account,
    },
    eventTime: time,
    eventSource: 'iam.amazonaws.com',
    eventName: 'PutUserPolicy',
    awsRegion: region,
    sourceIPAddress: 'trailguard-doctor',
    userAgent: 'trailguard doctor --canary',
    errorCode: 'AccessDenied',
    errorMessage: `User: ${arn} is not authorized to perform: iam:PutUserPolicy on resource: user ${target} because this is a canary of trailguard doctor`,
    requestParameters: null,
    responseElements: null,
    eventID: id,
    recipientAccountId: account,
  };
  return {
    version: '0',
    id,
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    account,
    time,
    region,
    resources: [],
    detail,
  };
}
