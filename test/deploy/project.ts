import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const left = new Set(['node_modules', 'dist', 'coverage', 'test', 'docs', 'examples', 'bench']);

/** What a copy leaves behind: what the package does not need, and all hidden folders. */
const isCopied = (path: string): boolean => path === root || !(left.has(basename(path)) || basename(path).startsWith('.'));

/**
 * A copy of the product in a temporary folder, so that packaging writes nothing into the working tree and races with nobody; with another
 * configuration, where one is given.
 */
export const copyProject = async (configuration?: object): Promise<{ folder: string; remove: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'trailguard-'));
  await cp(root, folder, { recursive: true, filter: isCopied });
  if (configuration !== undefined) await writeFile(join(folder, 'trailguard.config.json'), JSON.stringify(configuration));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};

/** Runs the real `serverless` in a copy. It sees no credentials and no home but the copy: only what `variables` gives it. */
export const serverless = async (folder: string, command: string, variables: Record<string, string> = {}): Promise<void> => {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|SLS|SERVERLESS|NODE_OPTIONS|VITEST)/.test(name));
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/serverless/bin/serverless.js'), command], {
    cwd: folder,
    env: { ...Object.fromEntries(own), HOME: folder, SLS_NOTIFICATIONS_MODE: 'off', ...variables },
    maxBuffer: 16 * 1024 * 1024,
  });
};

/** Where serverless leaves the template and the zips. */
export const packageFolder = (folder: string): string => join(folder, '.serverless');
