import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from './result.ts';

const files = 2000;
const limitSeconds = 5;
const command = fileURLToPath(new URL('../dist/trailguard.js', import.meta.url));
const services = ['s3', 'dynamodb', 'sqs', 'sns', 'logs', 'ec2', 'lambda', 'kms', 'iam', 'ssm'];

/** Policies of two to nine statements. Nothing is random, so that runs compare. */
function policy(number: number): object {
  const service = (offset: number) => services[(number + offset) % services.length] ?? 's3';
  const Statement = Array.from({ length: 2 + (number % 8) }, (_, index) => ({
    Sid: `Use${index}`,
    Effect: index === 5 ? 'Deny' : 'Allow',
    Action: [`${service(index)}:Get*`, `${service(index)}:List*`, `${service(index + 1)}:Describe${number}`],
    Resource: [`arn:aws:${service(index)}:eu-central-1:111122223333:app-${number}/*`, `arn:aws:${service(index)}:*:*:shared-${index}`],
    ...(index % 3 === 1 ? { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } } } : {}),
  }));
  const wide = { Effect: 'Allow', Action: `${service(0)}:*`, Resource: '*' };
  return { Version: '2012-10-17', Statement: number % 3 === 0 ? [...Statement, wide] : Statement };
}

/**
 * How long `trailguard check --format json FOLDER` takes for 2,000 generated policies, a third of them with findings, as a
 * process of its own: start, reading, judging and printing. Needs `npm run build`.
 */
export function measureCheck(): Result {
  const folder = mkdtempSync(join(tmpdir(), 'trailguard-bench-'));
  try {
    for (let number = 0; number < files; number += 1) {
      writeFileSync(join(folder, `policy-${String(number).padStart(4, '0')}.json`), JSON.stringify(policy(number), null, 2));
    }
    const start = performance.now();
    const output = execFileSync(process.execPath, [command, 'check', '--format', 'json', '--fail-on', 'never', folder], {
      maxBuffer: 2 ** 28,
      encoding: 'utf8',
    });
    const seconds = (performance.now() - start) / 1000;
    const { documents } = JSON.parse(output) as { documents: { findings: unknown[] }[] };
    if (documents.length !== files) throw new Error(`\`check\` judged ${documents.length} of ${files} policies in \`${folder}\``);
    const flagged = documents.filter(({ findings }) => findings.length > 0).length;
    const name = `\`trailguard check --format json\` on ${files.toLocaleString('en')} policies, ${flagged.toLocaleString('en')} with findings`;
    return { name, value: seconds, unit: 's', limit: limitSeconds };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
