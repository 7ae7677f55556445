import type { ReadBackground } from '../../../handlers/channels/background.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import { aVerdict } from '../../alerts/verdicts.ts';

/** What EventBridge hands to a channel: a verdict on the guard's bus. */
export const aVerdictEvent = (verdict: Partial<Verdict> = {}, envelope: Record<string, unknown> = {}) => ({
  version: '0',
  id: 'eeeeeeee-0000-4000-8000-000000000001',
  'detail-type': 'IAM Policy Verdict',
  source: 'trailguard',
  account: '123456789012',
  time: '2026-03-01T10:00:09Z',
  region: 'us-east-1',
  resources: [],
  detail: aVerdict(verdict),
  ...envelope,
});

/** Nothing beyond the verdict: for tests of other things. */
export const background: ReadBackground = async () => ({ rationales: new Map() });

/** What Lambda hands over of the queue of the digest: one message for each event. */
export const aBatch = (events: readonly unknown[]) => ({
  Records: events.map((event, index) => ({
    messageId: `message-${index}`,
    receiptHandle: 'handle',
    body: typeof event === 'string' ? event : JSON.stringify(event),
    attributes: { ApproximateReceiveCount: '1' },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:verdicts',
    awsRegion: 'us-east-1',
  })),
});
