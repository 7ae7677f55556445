import { describe, expect, test } from 'vitest';
import { reportOf, summaryOf } from '../../../cli/doctor/report.ts';
import type { Checked } from '../../../cli/doctor/run-checks.ts';
import { createPaint } from '../../../cli/paint.ts';

const checked = (id: string, state: Checked['state'], more: Partial<Checked> = {}): Checked => ({
  id,
  state,
  title: `${id} is well`,
  matters: `without ${id} nothing is told`,
  says: `of ${id}`,
  ...more,
});

const plain = createPaint(false);
const lines = (...all: Checked[]) => reportOf(all, 100, plain).split('\n');

describe('the report', () => {
  test('has one line for each check, the state first, and what is wrong last, with why and what mends it', () => {
    const wrong = checked('trail', 'wrong', { fix: ['aws cloudtrail start-logging --name main'] });
    expect(lines(wrong, checked('stack', 'ok'), checked('roles', 'unknown'), checked('canary', 'skipped'))).toEqual([
      'ok       stack   stack is well: of stack',
      'skipped  canary  of canary',
      'unknown  roles   of roles',
      'wrong    trail   of trail',
      '    why  without trail nothing is told',
      '    do',
      '        aws cloudtrail start-logging --name main',
      '',
      '1 of 4 checks is wrong, 1 could not be made, 1 skipped',
    ]);
  });

  test('says that all is well', () => {
    expect(summaryOf([checked('stack', 'ok'), checked('trail', 'ok')])).toBe('2 of 2 checks are ok');
  });

  test('colours the words, and nothing else', () => {
    const coloured = reportOf([checked('stack', 'ok'), checked('trail', 'wrong', { fix: ['x'] })], 100, createPaint(true));
    expect(coloured).toContain('[32mok');
    expect(coloured).toContain('[31mwrong');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
    expect(coloured.replace(/\u001B\[\d+m/g, '')).toBe(
      reportOf([checked('stack', 'ok'), checked('trail', 'wrong', { fix: ['x'] })], 100, plain),
    );
  });

  test('cuts long lists, and says where they are whole', () => {
    const faults = ['a', 'b', 'c', 'd', 'e', 'f'];
    const text = lines(checked('rules', 'wrong', { says: faults.join('; '), faults, fix: faults.map((each) => `mend ${each}`) })).join(
      '\n',
    );
    expect(text).toContain('a; b; c; d; and 2 more');
    expect(text).toContain('mend d\n        and 2 more: --format json lists them');
  });

  test('shows what a name from the account would do to the terminal', () => {
    const name = 'trail \u001B[2J\u202Egnol';
    const text = reportOf([checked('trail', 'wrong', { says: name, fix: [`aws cloudtrail start-logging --name '${name}'`] })], 100, plain);
    expect(text).not.toContain('\u001B');
    expect(text).not.toContain('\u202E');
    expect(text).toContain('trail <U+001B>[2J<U+202E>gnol');
  });
});
