/**
 * What `trailguard replay` costs on made-up trails, against reading them plainly in Node and against jq. `tsx bench/replay.ts` runs it alone
 * and prints Markdown; `--large` adds the memory at 3 GB, `--remove` removes the trails at the end. Needs `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalog } from '../events/catalog.ts';
import { median } from './cpu-time.ts';
import { type GeneratedTrail, generateTrail, removeTrails } from './generate-trail.ts';
import { isOver, type Result, shown } from './result.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const command = file('../dist/trailguard.js');
const plainReader = file('plain-reader.mjs');
const clock = '/usr/bin/time';
const events = Object.keys(catalog);

/** What one run of a command took. */
interface Run {
  readonly seconds: number;
  /** The most memory that it held, in MB. */
  readonly megabytes: number;
  readonly lines: number;
}

/** What was measured on one trail. */
export interface ReplayCost {
  readonly trail: GeneratedTrail;
  readonly verdicts: number;
  /** Middle of the rounds, in seconds. */
  readonly replay: number;
  readonly plain: number;
  /** Undefined where jq is not installed. */
  readonly jq: number | undefined;
  /** The most of all rounds. */
  readonly megabytes: number;
}

const ways = {
  replay: (folder: string): string[] => [process.execPath, command, 'replay', '--format', 'jsonl', folder],
  plain: (folder: string): string[] => [process.execPath, plainReader, folder, ...events],
  jq: (folder: string): string[] => [
    'sh',
    '-c',
    `find "$0" -name '*.json.gz' -print0 | xargs -0 zcat | jq -c '.Records[] | select(.eventSource == "iam.amazonaws.com" and (.eventName | IN($names[])))' --argjson names "$1"`,
    folder,
    JSON.stringify(events),
  ],
};

/** Measures one trail: the ways take turns, so that a machine that is busy for a while slows all of them. */
export function measureReplay(megabytes: number, oneIn: number, rounds = 3): ReplayCost {
  const trail = generateTrail({ megabytes, oneIn });
  const runs = { replay: [] as Run[], plain: [] as Run[], jq: [] as Run[] };
  const hasJq = spawnSync('jq', ['--version']).status === 0;
  for (let round = 0; round < rounds; round += 1) {
    runs.plain.push(run(ways.plain(trail.folder)));
    runs.replay.push(run(ways.replay(trail.folder)));
    if (hasJq) runs.jq.push(run(ways.jq(trail.folder)));
  }
  for (const { lines } of [...runs.plain, ...runs.jq])
    if (lines !== trail.catalogued) throw new Error(`a reader selected ${lines} of ${trail.catalogued} records: what it took says nothing`);
  const seconds = (of: readonly Run[]): number => median(of.map((one) => one.seconds));
  return {
    trail,
    verdicts: runs.replay[0]?.lines ?? 0,
    replay: seconds(runs.replay),
    plain: seconds(runs.plain),
    jq: hasJq ? seconds(runs.jq) : undefined,
    megabytes: Math.max(...runs.replay.map((one) => one.megabytes)),
  };
}

/** Runs a command with its output in a file, on any way alike. */
function run(words: readonly string[]): Run {
  if (!existsSync(clock)) throw new Error(`\`${clock}\` is needed to measure memory: install the package time`);
  const folder = mkdtempSync(join(tmpdir(), 'trailguard-bench-'));
  const [output, report] = [join(folder, 'out'), join(folder, 'time')];
  const out = openSync(output, 'w');
  try {
    const { status, stderr } = spawnSync(clock, ['-v', '-o', report, ...words], { stdio: ['ignore', out, 'pipe'], encoding: 'utf8' });
    if (status !== 0) throw new Error(`\`${words.slice(0, 4).join(' ')}\` ended with ${status}: ${stderr.slice(0, 500)}`);
    const told = readFileSync(report, 'utf8');
    const [, hours = '0', minutes = '0', seconds = '0'] = /Elapsed.*?: (?:(\d+):)?(\d+):([\d.]+)$/m.exec(told) ?? [];
    const kilobytes = /Maximum resident set size.*: (\d+)/.exec(told)?.[1];
    return {
      seconds: Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds),
      megabytes: Number(kilobytes) / 1_024,
      lines: lineCount(output),
    };
  } finally {
    closeSync(out);
    rmSync(folder, { recursive: true });
  }
}

function lineCount(path: string): number {
  const bytes = readFileSync(path);
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

/** The ratios and the memory, with their limits. */
export function replayResults({ trail, replay, plain, jq, megabytes }: ReplayCost): Result[] {
  const name = `\`replay\` of ${trail.megabytes.toLocaleString('en')} MB, 1 record in ${trail.oneIn} of the catalog`;
  return [
    { name: `${name}: to gunzip and JSON.parse of every file`, value: replay / plain, unit: 'x', limit: 1 },
    ...(jq === undefined ? [] : [{ name: `${name}: to \`zcat \\| jq\``, value: replay / jq, unit: 'x' as const, limit: 1 }]),
    { name: `${name}: memory`, value: megabytes, unit: 'MB', limit: trail.megabytes > 2_000 ? 350 : 300 },
  ];
}

/** What was measured as a Markdown table. */
export function replayTable(costs: readonly ReplayCost[]): string {
  const number = (value: number): string => value.toLocaleString('en');
  const rows = costs.map(
    ({ trail, verdicts, replay, plain, jq, megabytes }) =>
      `| ${number(trail.megabytes)} MB in ${number(trail.files)} files, ${number(trail.records)} records | ${number(trail.catalogued)} | ${number(verdicts)} | ${shown(replay)} s | ${shown(plain)} s | ${jq === undefined ? '' : `${shown(jq)} s`} | ${shown(replay / plain)} x | ${jq === undefined ? '' : `${shown(replay / jq)} x`} | ${shown(megabytes)} MB |`,
  );
  const head = '| trail | of the catalog | verdicts | `replay` | plain | `zcat \\| jq` | to plain | to jq | memory |';
  return [head, '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |', ...rows].join('\n');
}

/** Both densities at 1 GB; with `large` the memory at 3 GB too. */
export function measureReplays({ large = false }: { readonly large?: boolean } = {}): ReplayCost[] {
  const sizes = large ? [1_000, 3_000] : [1_000];
  return sizes.flatMap((megabytes) => [500, 5].map((oneIn) => measureReplay(megabytes, oneIn, megabytes > 2_000 ? 1 : 3)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const costs = measureReplays({ large: process.argv.includes('--large') });
  console.log(replayTable(costs));
  if (costs.flatMap(replayResults).some(isOver)) process.exitCode = 1;
  if (process.argv.includes('--remove')) removeTrails();
}
