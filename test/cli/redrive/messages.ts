import type { SweepEnvelope } from '../../../schemas/alert-envelope.ts';
import { account } from '../../deploy/events.ts';

/** The ARN of a function of the stack. */
export const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${account}:function:trailguard-dev-${name}`;

/** What Lambda sends to an on-failure destination when a function threw three times. */
export const invocationRecord = (payload: unknown, name = 'user-permissions', overrides: Record<string, unknown> = {}) => ({
  version: '1.0',
  timestamp: '2026-03-01T10:05:00.000Z',
  requestContext: {
    requestId: 'cccccccc-0000-4000-8000-000000000000',
    functionArn: `${functionArn(name)}:$LATEST`,
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
    ...overrides,
  },
  requestPayload: payload,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorType: 'IncompleteError', errorMessage: 'IAM did not answer', trace: [] },
});

/** The attributes that EventBridge gives to what it could not deliver. */
export const undeliveredAttributes = (target: string, code = 'NO_PERMISSIONS', message = 'Lambda function is not invokable') => ({
  RULE_ARN: `arn:aws:events:us-east-1:${account}:rule/trailguard-dev-user-permissions`,
  TARGET_ARN: target,
  ERROR_CODE: code,
  ERROR_MESSAGE: message,
});

/** What starts the daily sweep. */
export const scheduled = {
  version: '0',
  id: 'dddddddd-0000-4000-8000-000000000000',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  time: '2026-03-01T06:00:00Z',
  region: 'us-east-1',
  resources: [`arn:aws:events:us-east-1:${account}:rule/trailguard-dev-sweep`],
  detail: {},
};

/** The summary of a sweep that found something severe, as EventBridge hands it on. */
export const aSweepEvent = {
  version: '0',
  id: 'ffffffff-0000-4000-8000-000000000000',
  'detail-type': 'IAM Sweep Summary',
  source: 'trailguard',
  account,
  time: '2026-03-01T06:01:00Z',
  region: 'us-east-1',
  resources: [],
  detail: {
    account,
    startedAt: '2026-03-01T06:00:00Z',
    finishedAt: '2026-03-01T06:00:50Z',
    complete: true,
    severity: 'critical',
    summary: '1 user became critical.',
    counts: {
      users: { total: 1, critical: 1, high: 0, medium: 0, low: 0, undetermined: 0, clear: 0, none: 0 },
      policies: { total: 0, critical: 0, high: 0, medium: 0, low: 0, undetermined: 0, clear: 0, none: 0 },
      results: { unchanged: 0, done: 1, planned: 0, failed: 0, unread: 0, left: 0, gone: 0 },
    },
    findings: [],
    worst: [
      {
        kind: 'user',
        name: 'ada',
        verdict: 'critical',
        findings: 'admin-access',
        appeared: ['admin-access'],
        message: 'allows every action',
      },
    ],
    worstLeftOut: 0,
    exceptionsEnding: [],
    unread: [],
    unreadLeftOut: 0,
  },
} satisfies SweepEnvelope & Record<string, unknown>;
