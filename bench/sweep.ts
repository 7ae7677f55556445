/**
 * `npx tsx bench/sweep.ts`: what a sweep costs, in seconds and in calls of IAM, for 100 and for 1,000 users. It asks moto, which must be
 * on the PATH: the seconds are those of a machine that plays IAM and the guard at once; the calls are IAM's own, but for its pages, for moto
 * tells all users on one.
 */
import { fileURLToPath } from 'node:url';
import { GenerateCredentialReportCommand, type IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { sweep } from '../guard/sweep.ts';
import { createIamClient } from '../iam/create-iam-client.ts';
import { inParallel } from '../iam/in-parallel.ts';
import { createLiveDirectory } from '../iam/live-directory.ts';
import { readAccount } from '../iam/read-account.ts';
import { defaultConfiguration } from '../schemas/configuration.ts';
import { countCalls } from '../test/iam/count-calls.ts';
import { addUser } from '../test/iam/moto-users.ts';
import { motoAccount as account, motoClientConfig, startMoto } from '../test/moto.ts';
import { shown } from './result.ts';

/** What one sweep cost. */
export interface SweepCost {
  readonly users: number;
  /** How many of them were read again and tagged. */
  readonly tagged: number;
  readonly seconds: number;
  readonly calls: number;
}

const everySoMany = 10;

/** The cost of a first sweep, which tags every tenth user, and of the next one, which finds all as it should be; for 100 and 1,000 users. */
export async function measureSweep(): Promise<SweepCost[]> {
  const moto = await startMoto();
  try {
    const costs: SweepCost[] = [];
    for (const users of [100, 1_000]) {
      await moto.reset();
      const iam = createIamClient(motoClientConfig(moto.endpoint));
      await addUsers(iam, users);
      await iam.send(new GenerateCredentialReportCommand({}));
      for (const _ of ['first', 'next']) costs.push(await measureOne(moto.endpoint));
    }
    return costs;
  } finally {
    await moto.stop();
  }
}

async function measureOne(endpoint: string): Promise<SweepCost> {
  const client = createIamClient(motoClientConfig(endpoint));
  const calls = countCalls(client);
  const now = () => new Date();
  const start = performance.now();
  const report = await sweep({
    account,
    readAccount: () => readAccount({ client, account, now }),
    live: createLiveDirectory({ client, account, now }),
    configuration: defaultConfiguration,
    apply: true,
    now,
    remaining: () => Number.POSITIVE_INFINITY,
  });
  if (!report.complete) throw new Error('the sweep was not complete: what it cost says nothing');
  const seconds = (performance.now() - start) / 1_000;
  return { users: report.counts.users.total, tagged: report.counts.results.done, seconds, calls: calls.length };
}

async function addUsers(iam: IAMClient, count: number): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] });
  const numbers = Array.from({ length: count }, (_, index) => index);
  await inParallel(numbers, 20, async (number) => {
    const UserName = `user-${number}`;
    await addUser(iam, { UserName });
    if (number % everySoMany === 0) await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }));
  });
}

/** The costs as a Markdown table. */
export function sweepTable(costs: readonly SweepCost[]): string {
  const rows = costs.map(({ users, tagged, seconds, calls }) => `| ${users} | ${tagged} | ${shown(seconds)} s | ${calls} |`);
  return ['| users | read again and tagged | time | calls |', '| ---: | ---: | ---: | ---: |', ...rows].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(sweepTable(await measureSweep()));
