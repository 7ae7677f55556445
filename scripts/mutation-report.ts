/** Writes what Stryker reports into the table of docs/mutation.md, and prints the mutants that no test noticed. Run by `npm run mutation`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { merged, rowOf, rowsIn, tableOf, unnoticed, wholeFiles } from './mutation-table.ts';

/** What is read of Stryker's JSON report. Lines and columns start at 1; the end is exclusive. */
interface Report {
  readonly config: { readonly mutate: readonly string[] };
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

const report = 'reports/mutation/mutation.json';
const page = 'docs/mutation.md';
const [open, close] = ['<!-- generated: npm run mutation -->', '<!-- /generated -->'];
/** `policy/x.ts:3:7  'a' becomes ''`, with the original cut to its first line. */
function told(file: string, source: string, { location: { start, end }, mutatorName, replacement = '' }: Mutant): string {
  const line = source.split('\n')[start.line - 1] ?? '';
  const original = start.line === end.line ? line.slice(start.column - 1, end.column - 1) : `${line.slice(start.column - 1)}…`;
  return `${file}:${start.line}:${start.column}  ${mutatorName}: ${original} becomes ${replacement.replaceAll(/\s+/g, ' ')}`;
}

function readReport(): Report {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Report;
  } catch (error) {
    throw new Error(`\`${report}\` can't be read: run \`npm run mutation\` first`, { cause: error });
  }
}

const { config, files: mutated } = readReport();
const files = Object.entries(mutated).toSorted(([a], [b]) => (a < b ? -1 : 1));
const whole = new Set(wholeFiles(Object.keys(mutated), config.mutate));

const text = readFileSync(page, 'utf8');
if (!text.includes(open) || !text.includes(close)) throw new Error(`\`${page}\` has lost its marks: put back \`${open}\` and \`${close}\``);
const now = files.flatMap(([name, { source, mutants }]) =>
  whole.has(name)
    ? [
        rowOf(
          name,
          source,
          mutants.map(({ status }) => status),
        ),
      ]
    : [],
);
const rows = merged(rowsIn(text.slice(text.indexOf(open), text.indexOf(close))), now);
const table = tableOf(rows, (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined));
writeFileSync(page, `${text.slice(0, text.indexOf(open) + open.length)}\n${table}\n${text.slice(text.indexOf(close))}`);

for (const [name, { source, mutants }] of files) {
  for (const mutant of mutants.filter(({ status }) => unnoticed.includes(status))) console.log(told(name, source, mutant));
}
console.log(table);
