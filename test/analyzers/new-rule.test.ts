import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const parts = [
  'analyzers',
  'docs/rules',
  'events',
  'policy',
  'schemas',
  'scripts/fenced-json.ts',
  'scripts/generate-rule-pages.ts',
  'scripts/generated-file.ts',
  'scripts/new-rule.ts',
  'scripts/rule-cases.ts',
  'scripts/rule-page.ts',
  'scripts/scaffold-cases.ts',
  'scripts/scaffold-rule.ts',
  'scripts/unwritten.ts',
  'test/analyzers/conformance.test.ts',
  'test/analyzers/one-step.ts',
  'test/analyzers/rules.test.ts',
  'test/rules',
  'biome.json',
  'package.json',
  'tsconfig.json',
];

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'trailguard-new-rule-'));
  for (const part of parts) cpSync(join(repository, part), join(copy, part), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'), 'dir');
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs Node in the copy; a nested vitest must not take itself for a worker of this one. */
function node(...args: string[]): Promise<{ code: number; output: string }> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|VITE_|TEST$|NODE_ENV$)/.test(name)));
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: copy, env: { ...env, NO_COLOR: '1' } }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output: `${out}${err}` });
    });
  });
}

const newRule = (...args: string[]) => node('--import', 'tsx', 'scripts/new-rule.ts', ...args);

test('refuses an id that is none, one that exists, and none at all', async () => {
  const registry = readFileSync(join(copy, 'analyzers/registry.ts'), 'utf8');
  expect(await newRule('Admin_Access')).toMatchObject({ code: 2, output: expect.stringContaining('`Admin_Access` is no rule id') });
  expect(await newRule('../escape')).toMatchObject({ code: 2, output: expect.stringContaining('is no rule id') });
  expect(await newRule('admin-access')).toMatchObject({ code: 2, output: expect.stringContaining('rule `admin-access` exists') });
  expect(await newRule()).toMatchObject({ code: 2, output: expect.stringContaining('usage: npm run new-rule <id>') });
  expect(await newRule('role-trusts-everyone', 'role')).toMatchObject({
    code: 2,
    output: expect.stringContaining('[policy|event|user|account]'),
  });
  expect(readFileSync(join(copy, 'analyzers/registry.ts'), 'utf8')).toBe(registry);
});

test('a scaffolded rule of any scope fits in at once, and its tests say what is left to write', { timeout: 180_000 }, async () => {
  const scaffolded = [
    ['group-without-members'],
    ['user-renamed', 'event'],
    ['key-named-oddly', 'user'],
    ['password-age-unlimited', 'account'],
  ] as const;
  for (const [id, ...scope] of scaffolded) {
    expect(await newRule(id, ...scope)).toMatchObject({ code: 0, output: expect.stringContaining(`docs/rules/${id}.md`) });
    expect(existsSync(join(copy, `docs/rules/${id}.md`))).toBe(true);
    expect(readFileSync(join(copy, 'docs/rules/README.md'), 'utf8')).toContain(`${id}.md`);
    expect(readFileSync(join(copy, `analyzers/rules/${id}.ts`), 'utf8')).toContain(`${scope[0] ?? 'policy'}: () => []`);
  }

  expect(await node('node_modules/typescript/bin/tsc', '-p', '.')).toMatchObject({ code: 0 });
  expect(await node('node_modules/@biomejs/biome/bin/biome', 'check', '.')).toMatchObject({ code: 0 });
  expect(await node('--import', 'tsx', 'scripts/generate-rule-pages.ts', '--check')).toMatchObject({ code: 0 });

  const run = await node('node_modules/vitest/vitest.mjs', 'run', 'test/analyzers', '--testTimeout', '60000');
  expect(run.code).toBe(1);
  for (const name of ['title', 'rationale', 'remediation']) expect(run.output).toContain(`${name} is still the scaffold's: write it`);
  expect(run.output).toContain('references are missing');
  expect(run.output).toContain('case `WRITE: what this case shows` is still the scaffold');
  for (const [id] of scaffolded) {
    expect(run.output).toMatch(new RegExp(`FAIL .*${id}.* flags: `));
    expect(run.output).not.toMatch(new RegExp(`FAIL .*${id}.* (passes|is one step|has flagged and passing)`));
  }
  expect(run.output).not.toMatch(/FAIL .*admin-access/);
});
