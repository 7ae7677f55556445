import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Row } from './result.ts';

const page = new URL('../../docs/faults.md', import.meta.url);
const [begin, end] = ['<!-- results: written by FAULTS_WRITE=1 npm run test:faults -->', '<!-- end of results -->'];

const columns = ['fault', 'events', 'to a dead-letter queue first', 'lost', 'duplicate alerts', 'tags right'];

const tableOf = (rows: readonly Row[]): string =>
  [
    `| ${columns.join(' | ')} |`,
    '|---|---|---|---|---|---|',
    ...rows.map(({ fault, events, queued, lost, repeats, tagsRight, users }) => {
      const tags = users === 0 ? 'no user' : `${tagsRight} of ${users}`;
      return `| ${[fault.replace(/^\w /, ''), events, queued, lost, repeats, tags].join(' | ')} |`;
    }),
  ].join('\n');

/** Collects the rows of a run, prints them as a table when it is over, and writes them into docs/faults.md where FAULTS_WRITE=1. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'trailguard-faults-'));
  const file = join(folder, 'rows.jsonl');
  writeFileSync(file, '');
  project.provide('faultRows', folder);
  return () => {
    const rows = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line): Row => JSON.parse(line))
      .toSorted((a, b) => a.fault.localeCompare(b.fault));
    rmSync(folder, { recursive: true });
    process.stdout.write(`\n${tableOf(rows)}\n`);
    if (process.env.FAULTS_WRITE !== '1') return;
    const text = readFileSync(page, 'utf8');
    const [before, rest] = text.split(begin);
    const [, after] = rest?.split(end) ?? [];
    if (after === undefined) throw new Error(`docs/faults.md has lost its markers: put \`${begin}\` and \`${end}\` around the table`);
    writeFileSync(page, `${before}${begin}\n\n${tableOf(rows)}\n\n${end}${after}`);
  };
}
