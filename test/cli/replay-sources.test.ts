import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createS3Client } from '../../trails/s3-source.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { record } from '../records.ts';
import { logKey } from '../trails/s3-fixtures.ts';
import { jsonLines, trailguard } from './run-command.ts';
import { useScratch } from './scratch.ts';

const here = motoIsHere('trailguard replay s3://');
const bucket = 'trail-of-the-company';
const nobody = { AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
const day = (number: number) => `2026-03-${String(number).padStart(2, '0')}`;
const logs = Array.from({ length: 12 }, (_, index) => ({
  key: logKey(day(index + 1), { account: index % 2 === 0 ? '111122223333' : '444455556666' }),
  body: JSON.stringify({
    Records: [
      record('CreateUser', {
        eventID: `created-${index}`,
        eventTime: `${day(index + 1)}T09:00:00Z`,
        requestParameters: { userName: `user-${index}` },
      }),
    ],
  }),
}));

test('without credentials it says so, and how to have some', async () => {
  const run = await trailguard(['replay', `s3://${bucket}/`], { env: { ...nobody, AWS_REGION: 'us-east-1' } });
  expect(run).toMatchObject({ out: '', status: 2 });
  expect(run.err).toMatch(/^trailguard: no AWS credentials: .*aws sso login.*\n$/);
});

describe.runIf(here)('replay of a bucket of moto', () => {
  const scratch = useScratch();
  let moto: Moto;
  let s3: S3Client;
  const replay = (...words: string[]) =>
    trailguard(['replay', '--format', 'jsonl', '--region', 'us-east-1', ...words], {
      env: { ...nobody, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: moto.endpoint },
    });
  const ids = (out: string) => jsonLines(out).map((verdict) => (verdict as { id: string }).id);

  beforeAll(async () => {
    moto = await startMoto();
    s3 = createS3Client(motoClientConfig(moto.endpoint));
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  afterAll(() => moto.stop());
  beforeEach(async () => {
    for (const { key, body } of logs) await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  });

  test('gives the verdicts that the same logs give as files', async () => {
    for (const { key, body } of logs) await scratch.file(key, body);
    const files = await trailguard(['replay', '--format', 'jsonl', scratch.folder]);
    const objects = await replay(`s3://${bucket}/AWSLogs/`);
    expect(objects.out).toBe(files.out);
    expect(ids(objects.out)).toHaveLength(12);
    expect(objects.status).toBe(0);
  });

  test('fetches nothing of later days', async () => {
    const run = await replay('--until', '2026-03-04', '--cache', join(scratch.folder, 'kept'), `s3://${bucket}`);
    expect(ids(run.out)).toEqual(['created-0', 'created-1', 'created-2', 'created-3']);
    const kept = await trailguard(['replay', '--format', 'jsonl', join(scratch.folder, 'kept')]);
    expect(ids(kept.out).length).toBeLessThan(12);
  });

  test('goes on where it ended: what is kept is not fetched, and the verdicts are the same', async () => {
    const cache = join(scratch.folder, 'kept');
    const whole = await replay('--cache', cache, `s3://${bucket}/`);
    await rm(join(cache, bucket, 'AWSLogs', '444455556666'), { recursive: true });
    const again = await replay('--cache', cache, `s3://${bucket}/`);
    expect(again).toEqual(whole);
    expect((await trailguard(['replay', '--format', 'jsonl', cache])).out).toBe(whole.out);
  });

  test('an object that is no log harms no other, is named, and ends it with 2', async () => {
    const Key = logKey(day(20));
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: '{"Records": [' }));
    const run = await replay(`s3://${bucket}/`);
    expect(ids(run.out)).toHaveLength(12);
    expect(run.err).toContain(`trailguard: s3://${bucket}/${Key}:`);
    expect(run.status).toBe(2);
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
  });

  test('a bucket that is not there is one clear line', async () => {
    const run = await replay('s3://nobody-has-this-one/AWSLogs/');
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain('trailguard: s3://nobody-has-this-one/AWSLogs/: no such bucket');
  });

  test('a bucket and files go together', async () => {
    const file = await scratch.file('more.json', { Records: [record('CreateUser', { eventID: 'in-a-file' })] });
    expect(ids((await replay(file, `s3://${bucket}/${logs[0]?.key}`)).out).sort()).toEqual(['created-0', 'in-a-file']);
  });
});
