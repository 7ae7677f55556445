import { describe, expect, test } from 'vitest';
import { csvCell } from '../../../cli/report/csv-cell.ts';
import { reportCsv } from '../../../cli/report/report-csv.ts';
import { allowing, reportOn, savedAccount } from './saved-account.ts';

describe('a cell', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+41', "'+41"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['|cmd', "'|cmd"],
    ['\t=1', '<U+0009>=1'],
    ['\r=1', '<U+000D>=1'],
    ['  =1', "'  =1"],
    ['"=1', '\'"=1'],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠a', "'＠a"],
    ['\uFEFF=1', '<U+FEFF>=1'],
    ['ada', 'ada'],
    ['a=b', 'a=b'],
  ])('%j is written as %j', (text, wanted) => {
    expect(csvCell(text)).toBe(wanted);
  });
});

test('a table is RFC 4180: every line ends with CRLF, has as many fields as the first, and quotes stand doubled', async () => {
  const name = '=HYPERLINK("http://evil.example","a, b")';
  const csv = reportCsv(await reportOn(savedAccount({ [name]: { inline: { 'o"wn\n': allowing('*') } }, eve: {} })));
  expect(csv.endsWith('\r\n')).toBe(true);
  const rows = parse(csv);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([rows[0]?.length]));
  expect(rows.find(([record]) => record === 'user')?.[1]).toBe(`'${name}`);
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
  const counts = Object.fromEntries(
    rows.filter(([record]) => record === 'count').map((row) => [row[1], row[rows[0]?.indexOf('count') ?? -1]]),
  );
  expect(counts).toEqual({ flagged: '1', undetermined: '0', cleared: '0', unflagged: '1', users: '2' });
});

/** Reads RFC 4180, written here so that the writer is not its own judge. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  let [cell, quoted] = ['', false];
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') cell += text[index++];
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',' || character === '\r') {
      rows.at(-1)?.push(cell);
      cell = '';
      if (character === '\r') {
        expect(text[++index]).toBe('\n');
        rows.push([]);
      }
    } else cell += character;
  }
  rows.pop();
  return rows;
}
