import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { trailguard } from '../run-command.ts';
import { useScratch } from '../scratch.ts';

const scratch = useScratch();

test('the pre-commit hook judges the policies among the files of a commit', async () => {
  const text = await readFile(new URL('../../../.pre-commit-hooks.yaml', import.meta.url), 'utf8');
  const { bin } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'));
  const [hook, ...others] = parse(text);
  expect(others).toEqual([]);
  expect(hook).toMatchObject({ id: 'trailguard', language: 'node', types_or: ['json', 'yaml'] });
  const [command, ...words] = hook.entry.split(' ');
  expect(Object.keys(bin)).toContain(command);
  const names = [
    await scratch.file('package.json', { name: 'x' }),
    await scratch.file('ci.yaml', 'on: push\n'),
    await scratch.file('p.json', { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }),
  ];
  const { out, status } = await trailguard([...words, ...names]);
  expect(out).toContain('1 finding in 1 document, 2 files skipped');
  expect(status).toBe(1);
  expect((await trailguard([...words, ...names.slice(0, 2)])).status).toBe(0);
});
