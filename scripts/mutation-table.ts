import { createHash } from 'node:crypto';

/** A row of the table: what became of a file's mutants, and of which text of the file. */
export interface Row {
  readonly file: string;
  readonly noticed: number;
  readonly unnoticed: number;
  /** Those of what runs once, when the file is loaded: not tried. */
  readonly notTried: number;
  /** The first digits of the SHA-256 of the text that was mutated. */
  readonly source: string;
}

/** A mutant that never comes to an end is noticed too: by the clock. */
const noticed = ['Killed', 'Timeout'];
export const unnoticed = ['Survived', 'NoCoverage'];

/** The row of a file's text and the statuses of its mutants, as Stryker's report names them. */
export function rowOf(file: string, source: string, statuses: readonly string[]): Row {
  const count = (counted: readonly string[]) => statuses.filter((status) => counted.includes(status)).length;
  return { file, noticed: count(noticed), unnoticed: count(unnoticed), notTried: count(['Ignored']), source: digestOf(source) };
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/**
 * The files of which a run tried every mutant: not those of which `mutate` names some lines, nor, where it names files, the others,
 * of which the report tells what earlier runs saw.
 */
export function wholeFiles(files: readonly string[], mutate: readonly string[]): string[] {
  const inPart = mutate.flatMap((pattern) => /^(.*?):\d+(?::\d+)?-\d+(?::\d+)?$/.exec(pattern)?.[1] ?? []);
  const isOfRun = mutate.some((pattern) => pattern.includes('*')) ? () => true : (file: string) => mutate.includes(file);
  return files.filter((file) => isOfRun(file) && !inPart.includes(file));
}

const rowForm = /^\| `(.+)` \|[^|]*\| (\d+) \| (\d+) \| (\d+) \| `([\da-f]{8})`.*\|$/gm;

/** The rows of a table as `tableOf` writes it. */
export function rowsIn(table: string): Row[] {
  return [...table.matchAll(rowForm)].map(([, file = '', good, bad, still, source = '']) => ({
    file,
    noticed: Number(good),
    unnoticed: Number(bad),
    notTried: Number(still),
    source,
  }));
}

/** The rows of earlier runs with those of this one in their place. */
export function merged(earlier: readonly Row[], now: readonly Row[]): Row[] {
  const byFile = new Map([...earlier, ...now].map((row) => [row.file, row]));
  return [...byFile.values()].toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

/** The table, by today's text of each file (undefined where it is gone): rows of another text say so, and don't count. */
export function tableOf(rows: readonly Row[], textOf: (file: string) => string | undefined): string {
  const texts = new Map(rows.map(({ file }) => [file, textOf(file)]));
  const there = rows.filter(({ file }) => texts.get(file) !== undefined);
  const isOfToday = ({ file, source }: Row) => digestOf(texts.get(file) ?? '') === source;
  const today = there.filter(isOfToday);
  const sum = (one: (row: Row) => number) => today.reduce((total, row) => total + one(row), 0);
  const all = { noticed: sum((row) => row.noticed), unnoticed: sum((row) => row.unnoticed), notTried: sum((row) => row.notTried) };
  return [
    '| file | score | noticed | not noticed | static, not tried | of the text |',
    '|---|---:|---:|---:|---:|---|',
    ...there.map((row) => line(`\`${row.file}\``, row, `\`${row.source}\`${isOfToday(row) ? '' : ', changed since'}`)),
    line('**all of today’s text**', all, `${today.length} files`),
  ].join('\n');
}

function line(name: string, row: Pick<Row, 'noticed' | 'unnoticed' | 'notTried'>, source: string): string {
  const tried = row.noticed + row.unnoticed;
  const score = tried === 0 ? '' : `${((100 * row.noticed) / tried).toFixed(1)} %`;
  return `| ${name} | ${score} | ${row.noticed} | ${row.unnoticed} | ${row.notTried} | ${source} |`;
}
