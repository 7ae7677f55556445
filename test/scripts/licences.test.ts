import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type LockEntry, licenceProblems, lockedPackages } from '../../scripts/licences.ts';
import { licencesPage } from '../../scripts/licences-page.ts';

const root = new URL('../../', import.meta.url);
const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as { packages: Record<string, LockEntry> };

/** What is said of a lock file that holds one package. */
const problemsOf = (entry: LockEntry, path = 'node_modules/some') =>
  licenceProblems(lockedPackages({ packages: { '': {}, [path]: { version: '1.0.0', ...entry } } }));

describe('the dependencies of the product', () => {
  it('have licences that ask for no more than their notice, and need no install script', () => {
    expect(licenceProblems(lockedPackages(lock))).toEqual([]);
  });

  it('are printed with name, version and licence, as the lock file and what is installed say it', async () => {
    const tsx = fileURLToPath(new URL('node_modules/tsx/dist/cli.mjs', root));
    const run = await promisify(execFile)(process.execPath, [tsx, 'scripts/list-licences.ts'], { cwd: fileURLToPath(root) });
    const lines = run.stdout.trimEnd().split('\n');
    expect(lines).toContain('commander\t14.0.3\tMIT');
    expect(lines).not.toContainEqual(expect.stringMatching(/^vitest\t/));
    expect(lines).toHaveLength(lockedPackages(lock).filter(({ development }) => !development).length);
    expect(run.stderr).toMatch(/^\d+ packages that ship, 0 of them with an install script; .* 0 problems\n$/);
  });

  it('are in docs/licences.md', () => {
    expect(readFileSync(new URL('docs/licences.md', root), 'utf8')).toBe(licencesPage(lockedPackages(lock)));
  });
});

describe('a licence', () => {
  it.each(['MIT', 'Apache-2.0', '0BSD', '(MIT OR GPL-3.0-only)', 'MIT AND Apache-2.0'])('that will do: %s', (license) => {
    expect(problemsOf({ license })).toEqual([]);
  });

  it.each([
    'AGPL-3.0',
    'AGPL-3.0-or-later',
    'GPL-2.0-only',
    'LGPL-3.0',
    'MPL-2.0',
    'MIT AND GPL-3.0-only',
    'SEE LICENSE IN LICENSE.md',
    'UNLICENSED',
    '',
  ])('that will not do in what ships: %s', (license) => {
    expect(problemsOf({ license })).toEqual([expect.stringContaining('`some` 1.0.0 is licensed under ')]);
  });

  it.each(['AGPL-3.0', 'GPL-3.0-only'])('that will not do for development either: %s', (license) => {
    expect(problemsOf({ license, dev: true })).toHaveLength(1);
  });

  it('must be named', () => {
    expect(problemsOf({})).toEqual([expect.stringContaining('`some` 1.0.0 names no licence')]);
  });
});

describe('an install script', () => {
  it('is refused in what ships', () => {
    expect(problemsOf({ license: 'MIT', hasInstallScript: true })).toEqual([
      expect.stringContaining('has an install script, and is shipped'),
    ]);
  });

  it('must be accounted for in what is for development', () => {
    const entry = { license: 'MIT', dev: true, hasInstallScript: true };
    expect(problemsOf(entry)).toEqual([expect.stringContaining('say why in scripts/licences.ts')]);
    expect(problemsOf(entry, 'node_modules/esbuild')).toEqual([]);
  });
});

describe('the lock file', () => {
  it('gives a package of two folders once, as one that ships where either does', () => {
    const packages = {
      'node_modules/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/b/node_modules/a': { version: '1.0.0', license: 'MIT', dev: true },
      'node_modules/@scope/c': { version: '2.0.0', license: 'ISC', dev: true },
      'node_modules/alias': { name: 'real', version: '3.0.0', license: 'MIT' },
    };
    expect(lockedPackages({ packages }).map(({ name, development }) => [name, development])).toEqual([
      ['@scope/c', true],
      ['a', false],
      ['real', false],
    ]);
  });
});
