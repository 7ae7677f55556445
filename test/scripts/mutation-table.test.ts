import { expect, test } from 'vitest';
import { digestOf, merged, rowOf, rowsIn, tableOf, wholeFiles } from '../../scripts/mutation-table.ts';

const statuses = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Killed', 'Ignored', 'CompileError'];

test('a row counts what tests noticed, what they did not, and what was not tried', () => {
  expect(rowOf('policy/a.ts', 'text', statuses)).toEqual({
    file: 'policy/a.ts',
    noticed: 3,
    unnoticed: 2,
    notTried: 1,
    source: digestOf('text'),
  });
});

test('a table is read as it was written', () => {
  const rows = [rowOf('policy/a.ts', 'a', statuses), rowOf('policy/b.ts', 'b', ['Ignored'])];
  expect(rowsIn(tableOf(rows, (file) => (file.includes('a') ? 'a' : 'b')))).toEqual(rows);
});

test('a run of some files keeps the rows of the others, and replaces its own', () => {
  const earlier = [rowOf('policy/b.ts', 'b', ['Survived']), rowOf('policy/a.ts', 'a', ['Survived'])];
  const now = [rowOf('policy/b.ts', 'new', ['Killed'])];
  expect(merged(earlier, now)).toEqual([earlier[1], now[0]]);
});

test('a row of an earlier text says so, is kept by the next reading, and does not count', () => {
  const rows = [rowOf('policy/a.ts', 'a', ['Killed']), rowOf('policy/b.ts', 'before', ['Survived'])];
  const table = tableOf(rows, (file) => (file === 'policy/a.ts' ? 'a' : 'after'));
  expect(table).toContain(`| \`policy/b.ts\` | 0.0 % | 0 | 1 | 0 | \`${digestOf('before')}\`, changed since |`);
  expect(table).toContain('| **all of today’s text** | 100.0 % | 1 | 0 | 0 | 1 files |');
  expect(rowsIn(table)).toEqual(rows);
});

test('a file that is gone has no row', () => {
  expect(rowsIn(tableOf([rowOf('policy/gone.ts', 'a', ['Killed'])], () => undefined))).toEqual([]);
});

test('a run of some lines of a file gives no row', () => {
  const files = ['policy/a.ts', 'policy/b.ts', 'policy/c.ts'];
  expect(wholeFiles(files, ['policy/a.ts:3-9', 'policy/b.ts:3:1-9:4', 'policy/c.ts'])).toEqual(['policy/c.ts']);
});

test('a run of some files gives no row of others, which the report repeats from before', () => {
  expect(wholeFiles(['policy/a.ts', 'policy/b.ts'], ['policy/b.ts'])).toEqual(['policy/b.ts']);
  expect(wholeFiles(['policy/a.ts', 'policy/b.ts'], ['policy/**/*.ts', '!**/*.generated.ts'])).toEqual(['policy/a.ts', 'policy/b.ts']);
});
