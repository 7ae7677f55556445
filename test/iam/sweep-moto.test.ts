import {
  CreatePolicyCommand,
  GenerateCredentialReportCommand,
  type IAMClient,
  PutUserPolicyCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweep } from '../../guard/sweep.ts';
import type { SweepReport } from '../../guard/sweep-report.ts';
import { createIamClient } from '../../iam/create-iam-client.ts';
import { inParallel } from '../../iam/in-parallel.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { readAccount } from '../../iam/read-account.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { countCalls } from './count-calls.ts';
import { account, allowing } from './in-account.ts';
import { addUser } from './moto-users.ts';

const here = motoIsHere('sweeping 1,000 users of moto');

const flaggedTags = [
  { Key: 'trailguard:verdict', Value: 'high' },
  { Key: 'trailguard:findings', Value: 'service-admin:s3 policy-attached-directly' },
  { Key: 'trailguard:since', Value: '2026-01-01T00:00:00Z' },
  { Key: 'trailguard:evidence', Value: '2026-01-01T00:00:00Z mallory event-1' },
];

/** Users of whom every tenth is flagged, and says so in its tags. */
async function addUsers(iam: IAMClient, from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  await inParallel(numbers, 20, async (number) => {
    const UserName = `user-${number}`;
    const flagged = number % 10 === 0;
    await addUser(iam, { UserName, ...(flagged ? { Tags: flaggedTags } : {}) });
    if (flagged) await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: allowing('s3:*') }));
  });
}

describe.runIf(here)('a sweep of an account', () => {
  let moto: Moto;
  let iam: IAMClient;

  async function sweepNow(apply = true): Promise<{ report: SweepReport; calls: string[]; seconds: number }> {
    const client = createIamClient(motoClientConfig(moto.endpoint));
    const calls = countCalls(client);
    const now = () => new Date();
    const start = performance.now();
    const report = await sweep({
      account,
      readAccount: () => readAccount({ client, account, now, waiting: { sleep: async () => undefined, atMost: 60_000 } }),
      live: createLiveDirectory({ client, account, now }),
      configuration: defaultConfiguration,
      apply,
      now,
      remaining: () => Number.POSITIVE_INFINITY,
    });
    return { report, calls, seconds: (performance.now() - start) / 1_000 };
  }

  beforeAll(async () => {
    moto = await startMoto();
    iam = createIamClient(motoClientConfig(moto.endpoint));
    await iam.send(new CreatePolicyCommand({ PolicyName: 'fine', PolicyDocument: allowing('s3:GetObject') }));
    // The first report is STARTED: have it made, so that all sweeps below find one ready.
    await iam.send(new GenerateCredentialReportCommand({}));
    await addUsers(iam, 0, 30);
  });
  afterAll(() => moto.stop());

  test('of 1,000 users makes as many calls as one of 30 on the same pages, and takes seconds', async () => {
    const few = await sweepNow();
    await addUsers(iam, 30, 1_000);
    const many = await sweepNow();
    expect(many.report).toMatchObject({ complete: true, severity: 'none', counts: { results: { unchanged: 1_001 } } });
    expect(many.report.counts.users).toMatchObject({ total: 1_000, high: 100, none: 900 });
    // moto tells all users on one page.
    expect(many.calls.toSorted()).toEqual([
      'GenerateCredentialReport',
      'GetAccountAuthorizationDetails',
      'GetAccountPasswordPolicy',
      'GetCredentialReport',
      'GetPolicy',
    ]);
    expect(few.calls.toSorted()).toEqual(many.calls.toSorted());
    expect(many.seconds).toBeLessThan(15);
  }, 180_000);

  test('reads and writes those alone whose tags are wrong, and nothing the next time', async () => {
    await iam.send(new TagUserCommand({ UserName: 'user-10', Tags: [{ Key: 'trailguard:verdict', Value: 'low' }] }));
    await iam.send(new PutUserPolicyCommand({ UserName: 'user-11', PolicyName: 'own', PolicyDocument: allowing('*') }));
    const dry = await sweepNow(false);
    expect(dry.report.counts.results).toMatchObject({ planned: 2, unchanged: 999 });
    expect(dry.calls.filter((call) => /^(Unt|T)ag/.test(call))).toEqual([]);
    const { report, calls } = await sweepNow();
    expect(report.counts.results).toMatchObject({ done: 2, unchanged: 999 });
    expect(report.users.slice(0, 1)).toMatchObject([{ name: 'user-11', verdict: 'critical', result: 'done' }]);
    expect(calls.filter((call) => call === 'GetUser')).toHaveLength(2);
    expect(calls.filter((call) => call === 'TagUser')).toHaveLength(2);
    expect((await sweepNow()).report.counts.results).toMatchObject({ unchanged: 1_001 });
  }, 120_000);
});
