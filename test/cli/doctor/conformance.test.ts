import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { checks } from '../../../cli/doctor/registry.ts';
import { allCases } from './all-cases.ts';

const ids = checks.map(({ id }) => id);

describe('the checks', () => {
  test('are each a file of their own, in the registry', () => {
    const files = readdirSync(new URL('../../../cli/doctor/checks/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
    expect(ids.toSorted()).toEqual(files.toSorted());
  });

  test('have cases each, and no cases are of none', () => {
    expect(Object.keys(allCases).toSorted()).toEqual(ids.toSorted());
  });

  test('stand after those that they need', () => {
    for (const [index, { id, after }] of checks.entries()) for (const needed of after) expect(ids.slice(0, index), id).toContain(needed);
  });

  test('have a row each in docs/doctor.md', async () => {
    const page = await readFile(new URL('../../../docs/doctor.md', import.meta.url), 'utf8');
    for (const { id } of checks) expect(page).toContain(`| \`${id}\` |`);
  });
});

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  test('is called by words with dashes, and says what holds, what is lost, and what it needs', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(check.title).toMatch(/^\S.*[^.]$/);
    expect(check.matters).toMatch(/^\S.*[^.]$/);
    expect(check.permissions.length).toBeGreaterThan(0);
    for (const permission of check.permissions) expect(permission).toMatch(/^[a-z]+:[A-Z]\w+$/);
  });

  // That it is ok where nothing is broken is tried for every check: so both states are.
  test('is shown something that is wrong, with the command that mends it', () => {
    const wrong = allCases[id]?.broken.filter(({ state = 'wrong' }) => state === 'wrong') ?? [];
    expect(wrong.length).toBeGreaterThan(0);
    for (const { title, fix } of wrong) expect(fix, title).toMatch(/^(aws|npx|trailguard) /);
  });
});
