import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles } from '../../trails/list-files.ts';
import { createS3Cache } from '../../trails/s3-cache.ts';
import { useScratch } from '../cli/scratch.ts';

const scratch = useScratch();
const bucket = 'logs';
const bytes = new TextEncoder().encode('{}');

test('no key leads out of the folder, to a hidden file, or to the file of another key', async () => {
  const folder = join(scratch.folder, 'cache');
  const cache = createS3Cache(folder);
  const keys = [
    '../../out.json',
    'a/../../../out.json',
    '/',
    '/etc/passwd',
    './b.json',
    'c//d.json',
    'c/%2F/d.json',
    '.hidden/e.json',
    'f\\..\\g.json',
    'g\u0000.json',
    'h\u202E.json',
    `${'i'.repeat(250)}.json`,
    `${'i'.repeat(250)}.jsonl`,
    'é.json',
    'C:/j.json',
  ];
  for (const [index, key] of keys.entries()) await cache.keep({ bucket, key, size: 1 }, new Uint8Array([index]));
  const files = (await readdir(scratch.folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  expect(paths).toHaveLength(keys.length);
  for (const path of paths) expect(path.slice(folder.length)).toMatch(/^\/logs(\/[A-Za-z0-9_=+@%-][A-Za-z0-9._=+@%-]*)+$/);
  for (const [index, key] of keys.entries()) expect(await cache.get({ bucket, key, size: 1 })).toEqual(Buffer.from([index]));
});

test('a key of CloudTrail stands as it is, so that the folder is a tree of logs to anyone', async () => {
  const key =
    'AWSLogs/o-abcde12345/111122223333/CloudTrail/us-east-1/2026/03/02/111122223333_CloudTrail_us-east-1_20260302T0005Z_aB3.json.gz';
  await createS3Cache(scratch.folder).keep({ bucket, key, size: 2 }, bytes);
  expect(await readFile(join(scratch.folder, bucket, key))).toEqual(Buffer.from(bytes));
});

test('what a run that was cut off leaves is no file of the tree', async () => {
  const path = join(scratch.folder, bucket, 'a.json');
  const cache = createS3Cache(scratch.folder);
  await cache.keep({ bucket, key: 'a.json', size: 2 }, bytes);
  await writeFile(join(dirname(path), '.0a1b.part'), 'ha');
  expect((await listFiles(scratch.folder)).files).toEqual([path]);
});

test('two keepers of one object leave one whole file', async () => {
  const cache = createS3Cache(scratch.folder);
  const object = { bucket, key: 'a/b.json', size: 2 };
  await Promise.all([cache.keep(object, bytes), cache.keep(object, bytes)]);
  expect(await readdir(join(scratch.folder, bucket, 'a'))).toEqual(['b.json']);
  expect(await cache.get({ ...object, size: 3 })).toBeUndefined();
});
