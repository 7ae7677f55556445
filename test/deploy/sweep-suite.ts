import { describe, expect, it } from 'vitest';
import type { SweepSummary } from '../../schemas/sweep-summary.ts';
import { type Resource, resolved } from './template.ts';

const aSummary: SweepSummary = {
  account: '123456789012',
  startedAt: '2026-05-01T06:00:00.000Z',
  finishedAt: '2026-05-01T06:00:09.000Z',
  complete: true,
  severity: 'critical',
  summary: 'A sweep of account 123456789012 judged 2 users: 1 critical.',
  counts: {
    users: { total: 2, critical: 1, high: 0, medium: 0, low: 0, undetermined: 0, clear: 0, none: 1 },
    policies: { total: 0, critical: 0, high: 0, medium: 0, low: 0, undetermined: 0, clear: 0, none: 0 },
    results: { unchanged: 1, done: 1, planned: 0, failed: 0, unread: 0, left: 0, gone: 0 },
  },
  findings: [],
  exceptionsEnding: [],
  worst: [
    { kind: 'user', name: 'ada', verdict: 'critical', findings: 'admin-access', appeared: ['admin-access'], message: 'allows everything' },
  ],
  worstLeftOut: 0,
  unread: [],
  unreadLeftOut: 0,
};

/** What a path such as `$.detail.worst[0].name` finds. */
const at = (value: unknown, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .slice(1)
    .reduce((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);

/** The suite of the daily sweep, on the packaged template that `resources` gives once it is there. */
export const sweepSuite = (resources: () => Record<string, Resource>): void => {
  const properties = (name: string) => resources()[name]?.Properties;

  describe('the sweep', () => {
    it('has as long as a function may have, and reserves no concurrency, which an account with the first quota could not deploy', () => {
      expect(properties('SweepLambdaFunction')).toMatchObject({ Timeout: 900 });
      expect(properties('SweepLambdaFunction')).not.toHaveProperty('ReservedConcurrentExecutions');
    });

    it('is started once a day by a schedule, and by that alone', () => {
      expect(properties('SweepRule')).toMatchObject({ ScheduleExpression: 'rate(1 day)' });
      expect(resolved(properties('SweepRule').Targets)).toMatchObject([
        { Arn: '<SweepLambdaFunction.Arn>', DeadLetterConfig: { Arn: '<UndeliveredEvents.Arn>' } },
      ]);
      expect(resolved(properties('SweepPermission'))).toEqual({
        Action: 'lambda:InvokeFunction',
        FunctionName: '<SweepLambdaFunction>',
        Principal: 'events.amazonaws.com',
        SourceAccount: '123456789012',
        SourceArn: '<SweepRule.Arn>',
      });
    });

    it('is begun again twice where it did not finish, then its event is kept', () => {
      expect(resolved(properties('SweepInvocation'))).toMatchObject({
        FunctionName: '<SweepLambdaFunction>',
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: '<FailedEvents.Arn>' } },
      });
    });

    it('tells the topic, in words, of what is high or critical and that no tag had named', () => {
      const { EventBusName, EventPattern, Targets } = properties('SevereSweepRule');
      expect(resolved(EventBusName)).toBe('<AlertBus.Name>');
      expect(EventPattern).toEqual({
        source: ['trailguard'],
        'detail-type': ['IAM Sweep Summary'],
        detail: { severity: ['high', 'critical'] },
      });
      const [{ Arn, DeadLetterConfig, InputTransformer }] = Targets;
      expect(resolved([Arn, DeadLetterConfig])).toEqual(['<AlertTopic>', { Arn: '<UndeliveredAlerts.Arn>' }]);
      const said = InputTransformer.InputTemplate.match(/<\w+>/g).map((placeholder: string) => placeholder.slice(1, -1));
      expect(new Set(said)).toEqual(new Set(Object.keys(InputTransformer.InputPathsMap)));
      for (const path of Object.values(InputTransformer.InputPathsMap))
        expect(at({ detail: aSummary }, String(path)), String(path)).toEqual(expect.any(String));
    });
  });
};
