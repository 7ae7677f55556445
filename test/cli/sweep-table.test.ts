import { describe, expect, test } from 'vitest';
import { createPaint } from '../../cli/paint.ts';
import { sweepClosing, sweepTable } from '../../cli/sweep-table.ts';
import { widthOf } from '../../cli/text-width.ts';
import type { SweepReport, Swept } from '../../guard/sweep-report.ts';

const none = { critical: 0, high: 0, medium: 0, low: 0, undetermined: 0, clear: 0, none: 0 };
const user = (name: string, more: Partial<Swept> = {}): Swept => ({
  kind: 'user',
  name,
  before: 'none',
  verdict: 'undetermined',
  findings: [],
  appeared: [],
  result: 'planned',
  tags: { set: { 'trailguard:verdict': 'undetermined' }, remove: [] },
  detail: 'the inline policies of the user could not be read: IAM did not answer in time, and then it was too late to ask it again',
  unread: [],
  ...more,
});
const report = (users: readonly Swept[]): SweepReport => ({
  account: '111122223333',
  startedAt: '2026-03-02T09:00:00.000Z',
  finishedAt: '2026-03-02T09:00:05.000Z',
  credentialsAsOf: '2026-03-02T05:00:00.000Z',
  applied: false,
  complete: false,
  again: false,
  severity: 'high',
  counts: {
    users: { total: users.length, ...none, undetermined: users.length },
    policies: { total: 0, ...none },
    results: { unchanged: 0, done: 0, planned: users.length, failed: 0, unread: 0, left: 0, gone: 0 },
  },
  findings: [],
  exceptions: [],
  exceptionsEnding: [],
  users,
  policies: [],
  unread: [{ what: 'the credential report', why: 'it was not ready in time' }],
});
const plain = createPaint(false);
const names = ['ada', '管理者アクセス', '✅😀-ci', 'Jose\u0301', 'a'.repeat(64), '管'.repeat(40), 'evil\u202Eada\u001B[2J'];

describe.each([30, 40, 59, 60, 80, 100, 200])('at %i columns', (columns) => {
  test('no line is wider, whatever the users are called', () => {
    const text = `${sweepTable(report(names.map((name) => user(name))), columns, plain)}\n${sweepClosing(report([user('ada')]), columns, plain)}`;
    expect(text.split('\n').filter((line) => widthOf(line) > columns)).toEqual([]);
  });

  test('the verdicts stand below each other, or beside the name where there is no room', () => {
    const lines = sweepTable(report(names.map((name) => user(name))), columns, plain).split('\n');
    if (columns < 60) {
      expect(lines[0]).toMatch(/^ada: none → undetermined/);
      return;
    }
    const rows = lines.filter((line) => /\bundetermined +\+1$/.test(line));
    expect(rows).toHaveLength(names.length);
    expect(new Set(rows.map((line) => widthOf(line.slice(0, line.indexOf('undetermined')))))).toHaveLength(1);
  });
});

test('names cannot move the cursor', () => {
  expect(sweepTable(report([user('evil\u202Eada\u001B[2J')]), 100, plain)).toContain('evil<U+202E>ada<U+001B>[2J');
});

test('colours change no place', () => {
  const users = names.map((name) => user(name));
  const [colour, grey] = [createPaint(true), plain].map((paint) => sweepTable(report(users), 80, paint).split('\n').map(widthOf));
  expect(colour).toEqual(grey);
});
