/**
 * What a report costs, run by itself with `tsx bench/report.ts`: a saved answer of `aws iam get-account-authorization-details` of 5,000
 * users, a tenth of them flagged, and for comparison one in which all are. CPU time from the file's parsed JSON to the finished page.
 */
import { fileURLToPath } from 'node:url';
import { buildReport } from '../cli/report/build-report.ts';
import { savedFacts } from '../cli/report/read-saved.ts';
import { reportPage } from '../cli/report/report-page.ts';
import { defaultConfiguration } from '../schemas/configuration.ts';
import type { Result } from './result.ts';
import { isOver, resultTable } from './result.ts';

const account = '111122223333';
const asOf = '2026-03-17T12:00:00.000Z';
const rounds = 5;
/** The most CPU time in milliseconds that a report for 5,000 users may take once its file is read. */
const limit = 1_000;

/** CPU time of a report for 5,000 users, where every tenth and where every one is flagged. */
export async function measureReport(users = 5_000): Promise<Result[]> {
  const results: Result[] = [];
  for (const [every, words] of [
    [10, 'every tenth flagged'],
    [1, 'all flagged'],
  ] as const) {
    const details = savedAccount(users, every);
    let least = Number.POSITIVE_INFINITY;
    let size = 0;
    for (let round = 0; round < rounds; round++) {
      const before = process.cpuUsage();
      const source = { kind: 'file', file: 'account.json', sha256: '0'.repeat(64), writtenAt: asOf } as const;
      const facts = await savedFacts({ account, details }, source, asOf);
      const html = reportPage(buildReport(facts, { configuration: defaultConfiguration, version: '0.0.0' }));
      const { user, system } = process.cpuUsage(before);
      least = Math.min(least, (user + system) / 1_000);
      size = html.length;
    }
    const name = `report for ${users.toLocaleString('en')} users as a page, ${words} (${(size / 1_000_000).toFixed(1)} MB)`;
    results.push({ name, value: least, unit: 'ms', ...(every === 10 ? { limit } : {}) });
  }
  return results;
}

/** An account of so many users in fifty groups; every n-th has a policy of its own that is flagged, and tags that say so. */
function savedAccount(users: number, every: number): unknown {
  const allowing = (action: string, sid: string) => ({
    Version: '2012-10-17',
    Statement: [{ Sid: sid, Effect: 'Allow', Action: action, Resource: '*' }],
  });
  const services = ['s3', 'ec2', 'sns', 'sqs', 'kms', 'dynamodb', 'lambda', 'rds'];
  const list = Array.from({ length: users }, (_, index) => {
    const service = services[index % services.length];
    const flagged = index % every === 0;
    const tags = {
      'trailguard:verdict': 'high',
      'trailguard:findings': `service-admin:${service} policy-attached-directly`,
      'trailguard:since': '2026-01-05T08:00:00Z',
      'trailguard:evidence': '2026-01-05T08:00:00Z ada 4a2c9d10-7e1b-4d57-8a66-b5f03e91c2d8',
    };
    return {
      UserName: `user-${index}`,
      Path: '/',
      Arn: `arn:aws:iam::${account}:user/user-${index}`,
      CreateDate: '2024-01-01T00:00:00Z',
      GroupList: [`group-${index % 50}`],
      AttachedManagedPolicies: [],
      ...(flagged ? { UserPolicyList: [{ PolicyName: 'own', PolicyDocument: allowing(`${service}:*`, `All${index}`) }] } : {}),
      Tags: flagged ? Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) : [],
    };
  });
  const groups = Array.from({ length: 50 }, (_, index) => ({
    GroupName: `group-${index}`,
    Arn: `arn:aws:iam::${account}:group/group-${index}`,
    GroupPolicyList: [{ PolicyName: 'read', PolicyDocument: allowing('logs:GetLogEvents', `Read${index}`) }],
    AttachedManagedPolicies: [],
  }));
  return { UserDetailList: list, GroupDetailList: groups, RoleDetailList: [], Policies: [] };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = await measureReport();
  console.log(resultTable(results));
  if (results.some(isOver)) process.exitCode = 1;
}
