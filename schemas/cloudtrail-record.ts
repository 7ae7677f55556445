import type { FromSchema } from 'json-schema-to-ts';

/** Text that CloudTrail sometimes leaves out and sometimes writes as null. */
const optionalText = { type: ['string', 'null'] } as const;

/** Who made the call. `type` can be missing (records with only `invokedBy`). */
const userIdentity = {
  type: 'object',
  properties: {
    type: optionalText,
    principalId: optionalText,
    arn: optionalText,
    accountId: optionalText,
    accessKeyId: optionalText,
    userName: optionalText,
    invokedBy: optionalText,
    sessionContext: {
      type: ['object', 'null'],
      properties: {
        sessionIssuer: {
          type: ['object', 'null'],
          properties: { type: optionalText, arn: optionalText, userName: optionalText, accountId: optionalText },
        },
      },
    },
    onBehalfOf: { type: ['object', 'null'], properties: { userId: optionalText } },
  },
} as const;

/**
 * One CloudTrail record, as tolerant as real trails demand: old versions lack `eventID`, `recipientAccountId` and
 * `readOnly`; denied calls have null `requestParameters`; oversize ones have it replaced by `{omitted: true, …}`.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const cloudTrailRecordSchema = {
  $id: 'cloudtrail-record',
  type: 'object',
  required: ['eventName', 'eventSource', 'eventTime'],
  properties: {
    eventVersion: optionalText,
    eventID: optionalText,
    // Any text: a trail also holds the events of services whose names follow no rule, and they must not be refused.
    eventName: { type: 'string', pattern: '\\S' },
    eventSource: { type: 'string', pattern: '\\S' },
    eventTime: {
      type: 'string',
      pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?Z$',
    },
    awsRegion: optionalText,
    sourceIPAddress: optionalText,
    userAgent: optionalText,
    errorCode: optionalText,
    errorMessage: optionalText,
    recipientAccountId: optionalText,
    userIdentity: { ...userIdentity, type: ['object', 'null'] },
    requestParameters: { type: ['object', 'null'] },
    responseElements: { type: ['object', 'null'] },
  },
} as const;

/** One CloudTrail event as AWS delivers it. */
export type CloudTrailRecord = FromSchema<typeof cloudTrailRecordSchema>;
