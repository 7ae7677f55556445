/**
 * `npm run bench`: measures what the analyzer costs and prints it as Markdown; status 1 where a limit is passed. With `--write`
 * the tables go into docs/benchmarks.md too. Needs `npm run build`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { measureCatalog } from './catalog.ts';
import { measureCheck } from './check-folder.ts';
import { readCorpus } from './corpus.ts';
import { importBuilt } from './import-built.ts';
import { measureReplays, replayResults, replayTable } from './replay.ts';
import { measureReport } from './report.ts';
import { isOver, resultTable, shown } from './result.ts';
import type { Cost } from './worst.ts';

const page = 'docs/benchmarks.md';
const [open, close] = ['<!-- measured: npm run bench -- --write -->', '<!-- /measured -->'];

const corpus = readCorpus();
const { measureCorpus } = (await importBuilt('./analyze.ts')) as typeof import('./analyze.ts');
const { measureWorst } = (await importBuilt('./worst.ts')) as typeof import('./worst.ts');
const ratios = measureCorpus(corpus);
const worst = measureWorst(corpus);
const replays = measureReplays({ large: true });
const results = [
  ...ratios,
  worst.result,
  ...(await measureCatalog()),
  measureCheck(),
  ...(await measureReport()),
  ...replays.flatMap(replayResults),
];

const report = [
  `Node ${process.version}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}.`,
  resultTable(results),
  '### Replay of made-up trails',
  replayTable(replays),
  '### The worst of AWS’s own documents',
  costTable(worst.real),
  '### Documents made to be slow',
  costTable(worst.hostile),
].join('\n\n');
console.log(report);
if (process.argv.includes('--write')) write(report);
if (results.some(isOver)) process.exitCode = 1;

function costTable(costs: readonly Cost[]): string {
  const rows = costs.map(
    ({ name, size, milliseconds, ratio }) => `| ${name} | ${size.toLocaleString('en')} | ${shown(milliseconds)} ms | ${shown(ratio)} x |`,
  );
  return ['| document | characters | CPU time | to the median per byte |', '| --- | ---: | ---: | ---: |', ...rows].join('\n');
}

function write(text: string): void {
  const before = readFileSync(page, 'utf8');
  const [start, end] = [before.indexOf(open), before.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`\`${page}\` has not the marks \`${open}\` and \`${close}\` that the tables go between`);
  writeFileSync(page, `${before.slice(0, start + open.length)}\n\n${text}\n\n${before.slice(end)}`);
}
