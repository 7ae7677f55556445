import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { actorKey, digestMailOf } from '../../alerts/messages/digest-mail.ts';
import type { TopicMessage } from '../../alerts/send-to-topic.ts';
import { rationales } from '../../guard/rationales.ts';
import { validateVerdictEnvelope } from '../../schemas/validate.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { once } from '../once.ts';
import { createLogger, createMetrics } from '../powertools.ts';
import { measure } from './channel-stack.ts';

/** What the stack of the digest is put together from; `logger` and `metrics` have real defaults, and a test may hand in its own. */
export interface DigestStackParts {
  /** Sends to the topic of the alerts. Made at the first batch. */
  readonly send: () => (message: TopicMessage, what: string) => Promise<void>;
  readonly logger?: Logger;
  readonly metrics?: Metrics;
  readonly now?: () => Date;
}

/** A function behind a queue of verdicts; it answers which messages the queue must give again. */
export type DigestHandler = (event: unknown, context: Context) => Promise<SQSBatchResponse>;

interface Gathered {
  readonly verdicts: [Verdict, ...Verdict[]];
  readonly messageIds: string[];
}

/**
 * The stack of the digest: of a batch of verdicts, those of one actor become one mail. Where a mail is not taken, or a message is no verdict, those
 * messages alone come again, and lie in the dead-letter queue at last.
 */
export const createDigestStack = (parts: DigestStackParts): DigestHandler => {
  const { logger = createLogger(), now = () => new Date() } = parts;
  const { metrics = createMetrics(logger) } = parts;
  const send = once(parts.send);
  const stack = middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { logEvent: false, resetKeys: true }))
    .use(logMetrics(metrics))
    .handler(async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
      metrics.addDimension('channel', 'digest');
      const failed: string[] = [];
      const fail = (messageIds: readonly string[], error: unknown) => {
        failed.push(...messageIds);
        logger.error('not told', { channel: 'digest', messages: messageIds.length, error });
        metrics.addMetric('Errors', MetricUnit.Count, 1);
      };
      const groups = gather(Records, (id, error) => fail([id], error));
      for (const { verdicts, messageIds } of groups) {
        const ids = verdicts.map(({ id }) => id);
        const attributes = { severity: verdicts.some(({ severity }) => severity === 'medium') ? 'medium' : 'low', outcome: 'digest' };
        try {
          await send()({ ...digestMailOf(verdicts, { rationales }), attributes }, `the digest of ${ids.length} verdicts`);
        } catch (error) {
          fail(messageIds, error);
          continue;
        }
        logger.info('told', { channel: 'digest', told: 1, verdicts: ids });
        const [first = ''] = verdicts.map(({ event }) => event.time).toSorted();
        measure(metrics, { told: 1, time: first }, now());
      }
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    });
  return stack as unknown as DigestHandler;
};

/** Verdicts by actor. One that was delivered twice is told once. */
function gather(records: readonly SQSRecord[], fail: (messageId: string, error: unknown) => void): Gathered[] {
  const groups = new Map<string, Gathered>();
  for (const { messageId, body } of records) {
    try {
      const { detail: verdict } = validateVerdictEnvelope(JSON.parse(body));
      const group = groups.get(actorKey(verdict));
      if (group === undefined) groups.set(actorKey(verdict), { verdicts: [verdict], messageIds: [messageId] });
      else {
        group.messageIds.push(messageId);
        if (!group.verdicts.some(({ id, summary }) => id === verdict.id && summary === verdict.summary)) group.verdicts.push(verdict);
      }
    } catch (error) {
      fail(messageId, error);
    }
  }
  return [...groups.values()];
}
