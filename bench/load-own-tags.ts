import type { Directory, TagWriter } from '../iam/directory.ts';
import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import { pipeline } from './load-events.ts';
import { guardRole } from './load-functions.ts';

/** Where tagging is noted: as records of the guard's role in this account, each with an id of its own. */
export interface TagNotes {
  readonly account: string;
  readonly own: CloudTrailRecord[];
  readonly now: () => Date;
}

/** A directory each of whose writes is noted as the record that CloudTrail makes of it. */
export function notingTags(directory: Directory & TagWriter, { account, own, now }: TagNotes): Directory & TagWriter {
  let count = 0;
  const wrote = (eventName: string, requestParameters: Record<string, unknown>) => {
    own.push({
      eventVersion: '1.11',
      userIdentity: pipeline(account, guardRole, guardRole),
      eventTime: now().toISOString(),
      eventSource: 'iam.amazonaws.com',
      eventName,
      awsRegion: 'us-east-1',
      sourceIPAddress: '198.51.100.9',
      userAgent: 'aws-sdk-js/3',
      requestParameters,
      responseElements: null,
      eventID: `own-${now().getTime()}-${++count}`,
      recipientAccountId: account,
    });
  };
  const listed = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([key, value]) => ({ key, value }));
  return {
    ...directory,
    tagUser: (userName, tags) => directory.tagUser(userName, tags).then(() => wrote('TagUser', { userName, tags: listed(tags) })),
    untagUser: (userName, tagKeys) => directory.untagUser(userName, tagKeys).then(() => wrote('UntagUser', { userName, tagKeys })),
    tagPolicy: (policyArn, tags) => directory.tagPolicy(policyArn, tags).then(() => wrote('TagPolicy', { policyArn, tags: listed(tags) })),
    untagPolicy: (policyArn, tagKeys) => directory.untagPolicy(policyArn, tagKeys).then(() => wrote('UntagPolicy', { policyArn, tagKeys })),
  };
}
