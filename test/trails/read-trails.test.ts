import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AskedFolder, findInputs } from '../../trails/find-inputs.ts';
import { readInput } from '../../trails/read-input.ts';
import type { TrailItem } from '../../trails/trail-item.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trails-'));
});
afterEach(() => rm(folder, { recursive: true }));

const record = (eventID: string, more: object = {}) => ({
  eventVersion: '1.10',
  userIdentity: { type: 'IAMUser', userName: 'ada' },
  eventTime: '2026-03-02T09:00:00Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  awsRegion: 'us-east-1',
  requestParameters: { userName: 'new' },
  responseElements: null,
  eventID,
  ...more,
});
const log = (...records: unknown[]) => JSON.stringify({ Records: records });

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

/** Reads as a replay does, but in order: what is skipped and was asked for by its name is a problem. */
async function read(paths: readonly string[], stdin = ''): Promise<TrailItem[]> {
  const items: TrailItem[] = [];
  for (const path of paths) items.push(...(path === '-' ? await readStdin(stdin) : await readPath(path)));
  return items;
}

async function readPath(path: string): Promise<TrailItem[]> {
  const items: TrailItem[] = [];
  const folders: AskedFolder[] = [];
  for await (const found of findInputs(path, folders)) {
    if (found.kind !== 'file') items.push(found);
    else {
      const of = await itemsOf({ name: found.path });
      if (found.folder !== undefined && !of.some((item) => item.kind === 'skipped')) found.folder.trails += 1;
      items.push(...(found.folder === undefined ? asNamed(of) : of));
    }
  }
  for (const { path: source, trails } of folders)
    if (trails === 0) items.push({ kind: 'problem', source, message: 'no CloudTrail log in this folder' });
  return items;
}

async function readStdin(text: string): Promise<TrailItem[]> {
  const chunks = (async function* () {
    yield Buffer.from(text);
  })();
  return asNamed(await itemsOf({ name: '-', chunks }));
}

async function itemsOf(input: Parameters<typeof readInput>[0]): Promise<TrailItem[]> {
  let items: TrailItem[] = [];
  await readInput(input, 'iam.amazonaws.com', {
    item: (item) => items.push(item),
    restart() {
      items = [];
    },
  });
  return items;
}

function asNamed(items: readonly TrailItem[]): TrailItem[] {
  return items.map((item) => (item.kind === 'skipped' ? { kind: 'problem', source: item.source, message: item.why } : item));
}

const ids = (items: TrailItem[]) => items.flatMap((item) => (item.kind === 'record' ? [item.record.eventID] : []));
const problems = (items: TrailItem[]) => items.filter((item) => item.kind === 'problem');
const skipped = (items: TrailItem[]) => items.flatMap((item) => (item.kind === 'skipped' ? [item.source.slice(folder.length + 1)] : []));

describe('the forms a trail comes in', () => {
  const envelope = (detail: unknown) => ({
    version: '0',
    id: 'e',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    account: '111122223333',
    detail,
  });
  const lookup = (...records: object[]) => ({ Events: records.map((entry) => ({ EventId: 'x', CloudTrailEvent: JSON.stringify(entry) })) });
  const forms: [string, string | Uint8Array][] = [
    ['a log file', log(record('a'), record('b'))],
    ['a log file, gzipped', gzipSync(log(record('a'), record('b')))],
    [
      'a log file of two gzip members',
      Buffer.concat([gzipSync(log(record('a'), record('b')).slice(0, 40)), gzipSync(log(record('a'), record('b')).slice(40))]),
    ],
    ['a pretty-printed log file', JSON.stringify({ Records: [record('a'), record('b')] }, undefined, 2)],
    ['a bare list', JSON.stringify([record('a'), record('b')])],
    ['JSON lines', `${JSON.stringify(record('a'))}\n\n${JSON.stringify(record('b'))}\n`],
    ['JSON lines that end in CR LF', `${JSON.stringify(record('a'))}\r\n${JSON.stringify(record('b'))}\r\n`],
    ['JSON lines of EventBridge events', `${JSON.stringify(envelope(record('a')))}\n${JSON.stringify(envelope(record('b')))}\n`],
    ['a list of EventBridge events', JSON.stringify([envelope(record('a')), envelope(record('b'))])],
    ['the answer of lookup-events', JSON.stringify(lookup(record('a'), record('b')))],
    ['the answers of lookup-events, one a line', `${JSON.stringify(lookup(record('a')))}\n${JSON.stringify(lookup(record('b')))}`],
    ['a file with a byte order mark', `\uFEFF${log(record('a'), record('b'))}`],
    ['UTF-16, as PowerShell writes it', Buffer.from(`\uFEFF${log(record('a'), record('b'))}`, 'utf16le')],
  ];
  test.each(forms)('%s', async (_, content) => {
    const items = await read([await file('no-telling-name', content)]);
    expect(ids(items)).toEqual(['a', 'b']);
    expect(problems(items)).toEqual([]);
  });

  test.each([
    ['one record', record('a')],
    ['one EventBridge event', envelope(record('a'))],
  ])('%s', async (_, value) => {
    expect(ids(await read([await file('x.json', JSON.stringify(value, undefined, 2))]))).toEqual(['a']);
  });

  test('standard input', async () => {
    expect(await read(['-'], log(record('a')))).toMatchObject([{ kind: 'record', source: '-', record: { eventID: 'a' } }]);
  });

  test('a trail of no records is a trail', async () => {
    await file('empty.json', log());
    expect(await read([folder])).toEqual([]);
  });

  test('records of other services are passed by, well formed or not', async () => {
    const items = await read([await file('x.json', log({ eventSource: 's3.amazonaws.com' }, record('a')))]);
    expect(ids(items)).toEqual(['a']);
    expect(items).toHaveLength(1);
  });

  test('EventBridge events that are no calls are passed by', async () => {
    const path = await file(
      'x.json',
      JSON.stringify([{ 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} }, envelope(record('a'))]),
    );
    expect(await read([path])).toMatchObject([{ kind: 'record', record: { eventID: 'a' } }]);
  });

  test('an event that AWS did not send is a problem, not a record', async () => {
    const path = await file('x.json', JSON.stringify({ ...envelope(record('a')), source: 'my.app' }));
    expect(await read([path])).toMatchObject([{ kind: 'problem', source: path, message: expect.stringContaining('not sent by AWS') }]);
  });
});

describe('folders', () => {
  test('are read by path, whatever the order of creation', async () => {
    await file('b/2.json', log(record('b2')));
    await file('c.json.gz', gzipSync(log(record('c'))));
    await file('a/z/1.json', log(record('az1')));
    await file('b/1.json', log(record('b1')));
    expect(ids(await read([folder]))).toEqual(['az1', 'b1', 'b2', 'c']);
  });

  test('digests, insights, foreign JSON, other text and hidden files are passed over and named', async () => {
    await file('1_CloudTrail_us-east-1_20260302T0900Z_x.json', log(record('a')));
    await file('1_CloudTrail-Digest_us-east-1_x.json.gz', gzipSync('{"logFiles":[]}'));
    await file('1_CloudTrail-Insight_us-east-1_x.json.gz', gzipSync(log({ eventType: 'AwsCloudTrailInsight' })));
    await file('policy.json', '{"Version":"2012-10-17","Statement":[]}');
    await file('list.json', '[1,2]');
    await file('README.md', '# trails\n\n{"not": "a trail"}\n');
    await file('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]));
    await file('.DS_Store', 'x');
    const items = await read([folder]);
    expect(ids(items)).toEqual(['a']);
    expect(problems(items)).toEqual([]);
    expect(skipped(items).sort()).toEqual(
      [
        '.DS_Store',
        '1_CloudTrail-Digest_us-east-1_x.json.gz',
        '1_CloudTrail-Insight_us-east-1_x.json.gz',
        'README.md',
        'list.json',
        'picture.png',
        'policy.json',
      ].sort(),
    );
  });

  test('a link that leads in a circle is not followed', async () => {
    await file('a.json', log(record('a')));
    await symlink(folder, join(folder, 'again'));
    const items = await read([folder]);
    expect(ids(items)).toEqual(['a']);
    expect(skipped(items)).toEqual(['again']);
  });

  test('a folder without any trail is a problem', async () => {
    await file('readme.txt', 'hello');
    expect(problems(await read([folder]))).toMatchObject([{ source: folder, message: expect.stringContaining('no CloudTrail log') }]);
  });
});

describe('what cannot be read is one problem that names its place and harms nothing else', () => {
  const broken: [string, string | Uint8Array, object][] = [
    [
      'malformed JSON',
      '{"Records": [\n  {"eventName" "x"}\n]}',
      { line: 2, column: 16, message: expect.stringContaining('malformed JSON') },
    ],
    ['JSON that breaks off', log(record('a')).slice(0, -20), { line: 1, message: expect.stringContaining('malformed JSON') }],
    [
      'pretty-printed JSON that breaks off',
      JSON.stringify({ Records: [record('a')] }, undefined, 2).slice(0, -30),
      { message: expect.stringContaining('malformed JSON') },
    ],
    [
      'truncated gzip',
      gzipSync(log(record('a'))).subarray(0, 100),
      { message: expect.stringContaining('damaged gzip: the file ends too early') },
    ],
    ['damaged gzip', Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), { message: expect.stringContaining('damaged gzip') }],
    ['an empty file', '', { message: 'the file is empty' }],
    ['a file of white space', ' \n', { message: 'the file is empty' }],
    ['gzip of nothing', gzipSync(''), { message: 'the file is empty' }],
    ['JSON in no encoding', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), { message: expect.stringContaining('neither text nor gzip') }],
    ['JSON nested beyond sense', '['.repeat(100_000), { message: expect.stringContaining('malformed JSON') }],
  ];
  test.each(broken)('%s', async (_, content, problem) => {
    const good = await file('a-good.json', log(record('first')));
    const bad = await file('b-bad.json', content);
    const last = await file('c-good.json', log(record('last')));
    for (const paths of [[good, bad, last], [folder]]) {
      const items = await read(paths);
      expect(ids(items)).toEqual(['first', 'last']);
      expect(problems(items)).toMatchObject([{ source: bad, ...problem }]);
      expect(problems(items)).toHaveLength(1);
    }
  });

  test('a missing file', async () => {
    const good = await file('good.json', log(record('a')));
    const items = await read([join(folder, 'gone.json'), good]);
    expect(ids(items)).toEqual(['a']);
    expect(problems(items)).toEqual([{ kind: 'problem', source: join(folder, 'gone.json'), message: 'no such file or folder' }]);
  });

  test('a link that leads nowhere', async () => {
    await file('good.json', log(record('a')));
    await symlink(join(folder, 'gone'), join(folder, 'link.json'));
    expect(problems(await read([folder]))).toMatchObject([{ source: join(folder, 'link.json'), message: 'no such file or folder' }]);
  });

  test.each([
    ['text', 'hello', 'not JSON'],
    ['JSON without records', '{"Version":"2012-10-17"}', 'holds no CloudTrail records'],
    ['a lone number', '7', 'holds no CloudTrail records'],
  ])('a file asked for by name that is no trail: %s', async (_, content, message) => {
    const path = await file('x', content);
    expect(await read([path])).toMatchObject([{ kind: 'problem', source: path, message: expect.stringContaining(message) }]);
    expect(await read(['-'], content)).toMatchObject([{ kind: 'problem', source: '-', message: expect.stringContaining(message) }]);
  });

  test('one bad line of JSON lines', async () => {
    const path = await file(
      'x.jsonl',
      ['oops', JSON.stringify(record('a')), '{"half":', JSON.stringify(record('b')), '{"no":"record"}'].join('\n'),
    );
    const items = await read([path]);
    expect(ids(items)).toEqual(['a', 'b']);
    expect(problems(items)).toMatchObject([
      { source: path, line: 1, message: expect.stringContaining('malformed JSON') },
      { source: path, line: 3, message: expect.stringContaining('malformed JSON') },
      { source: path, line: 5, message: 'holds no CloudTrail record' },
    ]);
  });

  test('a record that is not one of CloudTrail', async () => {
    const path = await file(
      'x.json',
      log(record('a'), { eventSource: 'iam.amazonaws.com' }, 'text', null, record('c', { eventTime: '2026-13-41T25:00:00Z' }), record('b')),
    );
    const items = await read([path]);
    expect(ids(items)).toEqual(['a', 'b']);
    expect(problems(items)).toMatchObject([
      { source: path, pointer: '/Records/1', message: expect.stringContaining('not a CloudTrail record') },
      { source: path, pointer: '/Records/2' },
      { source: path, pointer: '/Records/3' },
      { source: path, pointer: '/Records/4', message: expect.stringContaining('/eventTime') },
    ]);
  });

  test('a looked-up event whose record is damaged or absent', async () => {
    const path = await file(
      'x.json',
      JSON.stringify({ Events: [{ CloudTrailEvent: '{' }, {}, { CloudTrailEvent: JSON.stringify(record('a')) }] }),
    );
    const items = await read([path]);
    expect(ids(items)).toEqual(['a']);
    expect(problems(items)).toMatchObject([{ pointer: '/Events/0/CloudTrailEvent' }, { pointer: '/Events/1/CloudTrailEvent' }]);
  });
});
