import type { CloudTrailRecord } from './cloudtrail-record.ts';

/**
 * What EventBridge delivers for an IAM call. `source` is pinned: anyone who may call PutEvents can forge the
 * detail-type, but not a source that begins with `aws.`.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export const eventBridgeEnvelopeSchema = {
  $id: 'eventbridge-envelope',
  type: 'object',
  required: ['detail-type', 'source', 'account', 'detail'],
  properties: {
    id: { type: 'string' },
    'detail-type': { const: 'AWS API Call via CloudTrail' },
    source: { const: 'aws.iam' },
    account: { type: 'string', pattern: '^\\d{12}$' },
    region: { type: 'string' },
    time: { type: 'string' },
    detail: { $ref: 'cloudtrail-record' },
  },
} as const;

/** An EventBridge event whose detail is a CloudTrail record of IAM. */
export interface EventBridgeEnvelope {
  id?: string;
  'detail-type': 'AWS API Call via CloudTrail';
  source: 'aws.iam';
  account: string;
  region?: string;
  time?: string;
  detail: CloudTrailRecord;
}
