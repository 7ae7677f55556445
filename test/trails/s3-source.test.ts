import { readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FoundSource } from '../../trails/found-source.ts';
import { createS3Client, type S3Input, s3Sources } from '../../trails/s3-source.ts';
import { useScratch } from '../cli/scratch.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { all, log, logKey } from './s3-fixtures.ts';

const here = motoIsHere('logs in S3');
const bucket = 'trail-of-the-company';

describe.runIf(here)('logs in a bucket of moto', () => {
  const scratch = useScratch();
  let moto: Moto;
  let client: S3Client;
  const put = async (...keys: string[]) => {
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: log(Key) }));
  };
  const sources = (path = `s3://${bucket}`, more: Partial<S3Input> = {}) => all(s3Sources(path, { client, ...more }));

  beforeAll(async () => {
    moto = await startMoto();
    client = createS3Client(motoClientConfig(moto.endpoint));
  });
  afterAll(() => moto.stop());
  beforeEach(async () => {
    await moto.reset();
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  });

  test('all accounts, Regions and months of an organization come in key order, whatever was listed first', async () => {
    const keys = ['111122223333', '444455556666'].flatMap((account) =>
      ['ap-southeast-2', 'us-east-1'].flatMap((region) =>
        ['2025-12-31', '2026-01-01', '2026-01-02'].flatMap((day) =>
          ['0005', '0010'].map((at) => logKey(day, { account, region, at, root: 'all/AWSLogs/o-abcde12345/' })),
        ),
      ),
    );
    await put(...keys.toReversed());
    expect(names(await sources())).toEqual(keys.toSorted().map((key) => `s3://${bucket}/${key}`));
  });

  test('a source gives the object as it is stored, and knows its size', async () => {
    await put(logKey('2026-03-02'));
    const [source] = await sources();
    expect(source).toMatchObject({ name: `s3://${bucket}/${logKey('2026-03-02')}`, size: log(logKey('2026-03-02')).length });
    expect(Buffer.from(await read(source))).toEqual(Buffer.from(log(logKey('2026-03-02'))));
  });

  test('what is beside the logs is passed over and named, a folder of it once', async () => {
    await put(
      logKey('2026-03-02'),
      logKey('2026-03-02', { kind: 'CloudTrail-Digest' }),
      logKey('2026-03-03', { kind: 'CloudTrail-Digest' }),
      'AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/03/02/flow.log.gz',
      'copied/111122223333_CloudTrail-Digest_us-east-1_20260302T0005Z_x.json.gz',
    );
    const found = await sources();
    expect(names(found)).toEqual([`s3://${bucket}/${logKey('2026-03-02')}`]);
    expect(found.flatMap((item) => ('kind' in item && item.kind === 'skipped' ? [item.source] : [])).sort()).toEqual([
      `s3://${bucket}/AWSLogs/111122223333/CloudTrail-Digest/`,
      `s3://${bucket}/AWSLogs/111122223333/vpcflowlogs/`,
      `s3://${bucket}/copied/111122223333_CloudTrail-Digest_us-east-1_20260302T0005Z_x.json.gz`,
    ]);
  });

  test('of a span of time only the days are listed on which its records can have been delivered', async () => {
    const days = ['2025-12-30', '2025-12-31', '2026-01-01', '2026-02-14', '2026-03-05', '2026-03-06', '2026-03-07', '2027-01-01'];
    await put(...days.map((day) => logKey(day)));
    const span = { since: new Date('2026-01-01T00:00:00Z'), until: new Date('2026-03-05T12:00:00Z') };
    const found = names(await sources(`s3://${bucket}/AWSLogs/`, { span })).map((name) => name.match(/\d{4}\/\d\d\/\d\d/)?.[0]);
    expect(found).toEqual(['2025/12/31', '2026/01/01', '2026/02/14', '2026/03/05', '2026/03/06']);
  });

  test('a tree of another kind is read whole, and a prefix may end within a name', async () => {
    await put('archive/2026/a.json', 'archive/2026/b/c/d/e/f.json', 'archive/2027/g.json', 'other.json');
    expect(names(await sources(`s3://${bucket}/archive/202`)).map((name) => name.slice(-6))).toEqual(['a.json', 'f.json', 'g.json']);
    expect(names(await sources(`s3://${bucket}/other.json`))).toEqual([`s3://${bucket}/other.json`]);
    expect(names(await sources(`s3://${bucket}/archive/2026/b/c/`)).map((name) => name.slice(-6))).toEqual(['f.json']);
  });

  test('pages follow one another: every log once, though a page holds two', async () => {
    const many = Array.from({ length: 7 }, (_, index) => logKey('2026-03-02', { id: `id${index}` }));
    await put(...many, logKey('2026-04-01'), 'z/1.json', 'z/2.json', 'z/3.json');
    const small = createS3Client(motoClientConfig(moto.endpoint));
    small.middlewareStack.add((next) => (args) => next({ ...args, input: { ...args.input, MaxKeys: 2 } }), { step: 'initialize' });
    const expected = [...many, logKey('2026-04-01'), 'z/1.json', 'z/2.json', 'z/3.json'].map((key) => `s3://${bucket}/${key}`);
    expect(names(await sources(undefined, { client: small }))).toEqual(expected);
    expect(names(await sources(`s3://${bucket}/AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/`, { client: small }))).toHaveLength(7);
  });

  test('a place without logs is a problem, as is a bucket that is not there, or no bucket at all', async () => {
    const [nothing] = await sources(`s3://${bucket}/AWSLogs`);
    expect(nothing).toMatchObject({ kind: 'problem', message: 'no CloudTrail log begins with this, in the time asked for' });
    const [missing] = await sources('s3://nobody-has-this-one/AWSLogs/');
    expect(missing).toEqual({ kind: 'problem', source: 's3://nobody-has-this-one/AWSLogs/', message: 'no such bucket' });
    for (const path of ['s3://', 's3:///key', 's3://a', 's3://under_score/']) {
      expect(await sources(path)).toEqual([{ kind: 'problem', source: path, message: expect.stringContaining('no bucket is named') }]);
    }
  });

  test('an object that went after it was listed is a fault of its own', async () => {
    await put(logKey('2026-03-02'), logKey('2026-03-03'));
    const [gone, there] = await sources();
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: logKey('2026-03-02') }));
    await expect(read(gone)).rejects.toThrow('the object is gone');
    expect(await read(there)).not.toHaveLength(0);
  });

  describe('with a cache', () => {
    const cache = () => join(scratch.folder, 'cache');
    const cached = (key: string) => join(cache(), bucket, key);

    test('what was fetched is not fetched again, so that a run cut off goes on where it ended', async () => {
      await put(logKey('2026-03-02'), logKey('2026-03-03'));
      const [first] = await sources(undefined, { cache: cache() });
      await read(first);
      const Key = logKey('2026-03-02');
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: changed(Key) }));
      const again = await sources(undefined, { cache: cache() });
      const bytes = await Promise.all(again.map(read));
      expect(bytes.map((each) => Buffer.from(each))).toEqual(
        [logKey('2026-03-02'), logKey('2026-03-03')].map((key) => Buffer.from(log(key))),
      );
      expect(await readFile(cached(logKey('2026-03-03')))).toEqual(Buffer.from(log(logKey('2026-03-03'))));
    });

    test('a file of another size than the object is fetched again', async () => {
      await put(logKey('2026-03-02'));
      await read((await sources(undefined, { cache: cache() }))[0]);
      await truncate(cached(logKey('2026-03-02')), 7);
      await read((await sources(undefined, { cache: cache() }))[0]);
      expect(await readFile(cached(logKey('2026-03-02')))).toEqual(Buffer.from(log(logKey('2026-03-02'))));
    });

    test('no key leads out of the folder, or to a hidden file, or to the file of another key', async () => {
      const hostile = [
        '../../out.json',
        'a/../../../out.json',
        './b.json',
        'c//d.json',
        'c/%2F/d.json',
        '.hidden/e.json',
        'f\\..\\g.json',
        `${'h'.repeat(250)}.json`,
        `${'h'.repeat(250)}.jsonl`,
      ];
      await put(...hostile.slice(2));
      const fetched = await all(s3Sources(`s3://${bucket}`, { client, cache: cache() }));
      for (const source of fetched) await read(source);
      const files = await readdir(scratch.folder, { recursive: true, withFileTypes: true });
      const written = files
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(scratch.folder.length));
      expect(written).toHaveLength(hostile.length - 2);
      expect(written.filter((path) => !path.startsWith(`/cache/${bucket}/`) || /\/\./.test(path))).toEqual([]);
    });

    test('a cache that cannot be written is told once, and nothing is lost', async () => {
      await put(logKey('2026-03-02'), logKey('2026-03-03'));
      const blocked = await scratch.file('cache', 'a file where the folder should be');
      const warnings: string[] = [];
      for (const source of await sources(undefined, { cache: blocked, warn: (text) => warnings.push(text) }))
        expect(await read(source)).not.toHaveLength(0);
      expect(warnings).toEqual([expect.stringContaining(`--cache: \`${blocked}\` does not keep what is fetched`)]);
    });
  });
});

function names(found: readonly FoundSource[]): string[] {
  return found.flatMap((item) => ('name' in item ? [item.name] : []));
}

async function read(found: FoundSource | undefined): Promise<Uint8Array> {
  if (found === undefined || !('read' in found)) throw new Error(`no source: ${JSON.stringify(found)}`);
  return found.read();
}

/** Other bytes of the same length. */
function changed(key: string): Uint8Array {
  return log(key).map((byte) => byte ^ 1);
}
