import type { Logger } from '@aws-lambda-powertools/logger';
import type { MiddlewareObj } from '@middy/core';
import type { Verdict } from '../../schemas/verdict.ts';
import { eventIdOf } from '../event-id.ts';

/**
 * One log line for each event: its verdict, or the error that it ended with. The CloudTrail event's id is the correlation id. A line
 * names rules, never the text of a document.
 */
export const verdictLog = (logger: Logger): MiddlewareObj<unknown, Verdict | undefined> => ({
  before: (request) => {
    logger.setCorrelationId(eventIdOf(request.event));
  },
  after: (request) => {
    const verdict = request.response;
    if (!verdict) return;
    const { id, outcome, severity, event, subject, findings, actions } = verdict;
    logger.info('verdict', {
      verdict: { id, outcome, severity },
      event: { name: event.name, time: event.time, account: event.account, errorCode: event.errorCode },
      subject: { type: subject.type, name: subject.name },
      rules: findings.map((finding) => finding.rule),
      actions: actions.map(({ kind, target, result }) => ({ kind, target, result })),
    });
  },
  onError: (request) => {
    logger.error('no verdict', { error: request.error });
  },
});
