/** Writes the table of checks and the policies into docs/doctor.md, from cli/doctor/registry.ts. `--check` compares instead. */
import { readFile } from 'node:fs/promises';
import type { Check } from '../cli/doctor/check.ts';
import { leastStatements } from '../cli/doctor/least-policy.ts';
import { checks } from '../cli/doctor/registry.ts';
import { writeOrCheck } from './generated-file.ts';

const path = 'docs/doctor.md';
const whose = { partition: 'aws', account: '111122223333', region: 'us-east-1', stackName: 'trailguard-dev' };

const table = [
  '| check | is ok where | matters, for |',
  '|---|---|---|',
  ...checks.map(({ id, title, matters }) => `| \`${id}\` | ${title} | ${matters} |`),
].join('\n');

const policy = (of: readonly Check[]) => {
  const document = { Version: '2012-10-17', Statement: leastStatements(of, whose) };
  return ['```json', JSON.stringify(document, undefined, 2), '```'].join('\n');
};

const parts: Readonly<Record<string, string>> = {
  checks: table,
  'policy to look': policy(checks.filter(({ writes }) => !writes)),
  'policy for the canary': policy(checks.filter(({ writes }) => writes)),
};

const page = await readFile(path, 'utf8');
const written = Object.entries(parts).reduce((text, [name, part]) => {
  const [open, close] = [`<!-- generated: ${name} -->`, `<!-- /generated: ${name} -->`];
  if (!text.includes(open) || !text.includes(close)) throw new Error(`\`${path}\` has no place \`${open}\``);
  return `${text.slice(0, text.indexOf(open) + open.length)}\n${part}\n${text.slice(text.indexOf(close))}`;
}, page);
writeOrCheck(path, written, 'the checks in cli/doctor/');
