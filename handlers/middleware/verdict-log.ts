import type { Logger } from '@aws-lambda-powertools/logger';
import type { MiddlewareObj } from '@middy/core';
import type { Action, Verdict } from '../../schemas/verdict.ts';
import { eventIdOf } from '../event-id.ts';
import { secondsSince } from '../seconds-since.ts';

/** A policy can have thousands of holders, and Lambda breaks a line that is too long. */
const mostDetails = 50;

/**
 * One log line for each event: its verdict, and the seconds since the event; or the error that it ended with. Its correlation id is the event's id until
 * the verdict's own is known. A line names rules and says what was not read or not tagged, and why; it never holds the text of a document. The logger
 * bounds each text.
 */
export const verdictLog = (logger: Logger, now: () => Date): MiddlewareObj<unknown, Verdict | undefined> => ({
  before: (request) => {
    logger.setCorrelationId(eventIdOf(request.event));
  },
  after: (request) => {
    const verdict = request.response;
    if (!verdict) return;
    const { id, outcome, severity, event, subject, findings, actions } = verdict;
    const details = new Set(actions.filter(fellShort).slice(0, mostDetails));
    const unsaid = actions.filter(fellShort).length - details.size;
    logger.info('verdict', {
      verdict: { id, outcome, severity },
      event: { name: event.name, time: event.time, account: event.account, errorCode: event.errorCode },
      seconds: secondsSince(event.time, now()),
      subject: { type: subject.type, name: subject.name },
      rules: findings.map((finding) => finding.rule),
      actions: actions.map((action) => ({ ...brief(action), ...(details.has(action) ? { detail: action.detail } : {}) })),
      ...(unsaid > 0 ? { detailsLeftOut: unsaid } : {}),
    });
  },
  onError: (request) => {
    logger.error('no verdict', { error: request.error });
  },
});

/** Something was not seen, or not done: its detail says what and why. */
const fellShort = ({ kind, result, detail }: Action): boolean =>
  detail !== undefined && (kind === 'note' || result === 'failed' || result === 'skipped');

const brief = ({ kind, target, result }: Action) => ({ kind, target, result });
