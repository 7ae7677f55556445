import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../trails/decode-text.ts';
import { readBytes } from '../../trails/read-bytes.ts';
import { readStream } from '../../trails/read-stream.ts';
import { readText } from '../../trails/read-text.ts';
import type { TrailItem } from '../../trails/trail-item.ts';

const service = 'iam.amazonaws.com';

/** The reading that the quick one must agree with: everything is parsed. */
function exactly(bytes: Uint8Array): TrailItem[] {
  const decoded = decodeText(bytes);
  if ('why' in decoded)
    return [decoded.binary ? { kind: 'skipped', source: 'x', why: decoded.why } : { kind: 'problem', source: 'x', message: decoded.why }];
  const read = readText('x', decoded.text, service);
  return 'items' in read ? read.items : [{ kind: 'skipped', source: 'x', why: read.noTrail }];
}

function atOnce(bytes: Uint8Array): TrailItem[] {
  let items: TrailItem[] = [];
  readBytes('x', bytes, service, {
    item: (item) => items.push(item),
    restart() {
      items = [];
    },
  });
  return items;
}

async function streamed(bytes: Uint8Array, chunk: number): Promise<TrailItem[]> {
  let items: TrailItem[] = [];
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  };
  await readStream('x', chunks(), service, {
    item: (item) => items.push(item),
    restart() {
      items = [];
    },
  });
  return items;
}

const source = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('s3.amazonaws.com', 'ec2.amazonaws.com') },
  { weight: 3, arbitrary: fc.constant(service) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>('iam.amazonaws.com ', 'xiam.amazonaws.com', '"iam.amazonaws.com"', '', null, 7, [
      'iam.amazonaws.com',
    ]),
  },
);
const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '{"Records":[]}',
    '"eventSource":"iam.amazonaws.com"',
    '},{',
    '\\',
    '\\"',
    'é\u2028😀',
    '{"Version":"2012-10-17","Statement":[]}',
  ),
);
const record = fc.record(
  {
    eventVersion: fc.constant('1.11'),
    requestParameters: fc.oneof(
      fc.constant(null),
      fc.dictionary(hostileText, hostileText),
      fc.record({ eventSource: source, Records: fc.constant([]) }),
    ),
    eventSource: source,
    eventName: fc.constantFrom('CreateUser', 'GetUser', 'PutObject', ''),
    eventTime: fc.constantFrom('2026-03-02T09:00:00Z', '2026-13-02T09:00:00Z', 'never'),
    userAgent: hostileText,
    eventID: fc.uuid(),
  },
  { requiredKeys: ['eventSource', 'eventName', 'eventTime'] },
);
/** An element of a list: a record as a rule, sometimes another thing. */
const element = fc.oneof(
  { weight: 12, arbitrary: record.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.json() },
  {
    weight: 1,
    arbitrary: record.map((detail) => JSON.stringify({ 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.iam', detail })),
  },
  { weight: 1, arbitrary: record.map((value) => JSON.stringify({ CloudTrailEvent: JSON.stringify(value) })) },
  // A key in escapes, a key twice, a member that makes another thing of it
  { weight: 1, arbitrary: record.map((value) => JSON.stringify(value).replace('"eventSource"', '"event\\u0053ource"')) },
  { weight: 1, arbitrary: record.map((value) => JSON.stringify(value).replace('"iam.', '"\\u0069am.')) },
  { weight: 1, arbitrary: record.map((value) => JSON.stringify(value).replace(/}$/, ',"eventSource":"iam.amazonaws.com"}')) },
  { weight: 1, arbitrary: record.map((value) => JSON.stringify(value).replace(/^{/, '{"eventSource":"iam.amazonaws.com",')) },
  { weight: 1, arbitrary: record.map((value) => JSON.stringify({ ...value, Records: [value] })) },
  {
    weight: 1,
    arbitrary: record.map((value) => JSON.stringify({ ...value, 'detail-type': 'x via CloudTrail', source: 'aws.x', detail: value })),
  },
);
const elements = fc.array(element, { maxLength: 8 });
const trail = fc.oneof(
  { weight: 5, arbitrary: elements.map((list) => `{"Records":[${list.join(',')}]}`) },
  { weight: 2, arbitrary: elements.map((list) => `[${list.join(',')}]`) },
  { weight: 3, arbitrary: elements.map((list) => list.join('\n')) },
  { weight: 1, arbitrary: elements.map((list) => list.join('\r\n\r\n')) },
  { weight: 1, arbitrary: elements.map((list) => `{"Events":[${list.join(' , ')}]}`) },
  { weight: 1, arbitrary: elements.map((list) => `{"a":{"Records":[1]},"Records":[${list.join(',')}],"b":[]}`) },
  { weight: 1, arbitrary: elements.map((list) => `{"Records":[${list.join(',')}],"Records":[${list[0] ?? ''}]}`) },
  { weight: 1, arbitrary: elements.map((list) => `{"Events":[${list.join(',')}],"Records":[]}`) },
  { weight: 1, arbitrary: elements.map((list) => `{"\\u0052ecords":[${list.join(',')}]}`) },
  { weight: 1, arbitrary: elements.map((list) => `{"Records":[${list.join(',')}]}{"Records":[]}`) },
  { weight: 1, arbitrary: elements.map((list) => `{"Records":{"x":[${list.join(',')}]}}`) },
);
/** What may have become of a file on its way. */
const written = fc
  .tuple(trail, fc.constantFrom('as it is', 'pretty', 'cut', 'changed', 'mark', 'utf16', 'bytes'), fc.nat())
  .map(([text, how, at]) => {
    const place = at % (text.length + 1);
    switch (how) {
      case 'pretty':
        return Buffer.from(pretty(text));
      case 'cut':
        return Buffer.from(text.slice(0, place));
      case 'changed':
        return Buffer.from(`${text.slice(0, place)}${'"{}[],:\\'[at % 8]}${text.slice(place + 1)}`);
      case 'mark':
        return Buffer.from(`\uFEFF${text}`);
      case 'utf16':
        return Buffer.from(`\uFEFF${text}`, 'utf16le');
      case 'bytes':
        return Buffer.concat([Buffer.from(text.slice(0, place)), Buffer.from([0xff, 0xc3]), Buffer.from(text.slice(place))]);
      default:
        return Buffer.from(text);
    }
  });

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

describe('the quick reading gives what parsing everything gives', () => {
  test('in every form a trail comes in, damaged or hostile', () => {
    fc.assert(
      fc.property(written, (bytes) => {
        expect(atOnce(bytes)).toEqual(exactly(bytes));
      }),
      { numRuns: 3_000 },
    );
  });

  test('records of other services are passed by unparsed, in a log file and in JSON lines', () => {
    const foreign = '{"eventSource":"s3.amazonaws.com","requestParameters":{"a":[1,2,{"b":"\\"}"}]}}';
    const ours = '{"eventSource":"iam.amazonaws.com","eventName":"CreateUser","eventTime":"2026-03-02T09:00:00Z"}';
    for (const text of [`{"Records":[${foreign},${ours},${foreign}]}`, [foreign, ours, foreign].join('\n')])
      expect(atOnce(Buffer.from(text))).toMatchObject([{ kind: 'record', record: { eventName: 'CreateUser' } }]);
  });
});

describe('what is read in pieces', () => {
  const one = (index: number): string =>
    JSON.stringify({
      eventSource: index % 3 === 0 ? service : 's3.amazonaws.com',
      eventName: 'CreateUser',
      eventTime: '2026-03-02T09:00:00Z',
      eventID: `${index}`,
      userAgent: 'é😀"{'.repeat(40),
    });
  const many = Array.from({ length: 30_000 }, (_, index) => one(index));
  const forms: [string, Buffer][] = [
    ['a log file', Buffer.from(`{"Records":[${many.join(',')}]}`)],
    ['a pretty-printed log file', Buffer.from(JSON.stringify({ a: 1, Records: many.map((text) => JSON.parse(text)), b: 2 }, undefined, 1))],
    ['a bare list', Buffer.from(`[${many.join(',\n')}]`)],
    ['JSON lines', Buffer.from(many.join('\n'))],
    [
      'a log file on each of two lines',
      Buffer.from(`{"Records":[${many.slice(0, 9_000).join(',')}]}\n{"Records":[${many.slice(9_000, 18_000).join(',')}]}`),
    ],
    ['UTF-16', Buffer.from(`\uFEFF{"Records":[${many.join(',')}]}`, 'utf16le')],
    ['a file with a byte order mark', Buffer.from(`\uFEFF{"Records":[${many.join(',')}]}`)],
  ];
  test.each(forms)('%s gives the same as at once, plain and packed', async (_, bytes) => {
    const expected = exactly(bytes);
    expect(expected.length).toBeGreaterThan(5_000);
    expect(await streamed(bytes, 1_000_003)).toEqual(expected);
    expect(await streamed(gzipSync(bytes, { level: 1 }), 100_003)).toEqual(expected);
  });

  test('a fault at the end takes back all that came before', async () => {
    const bytes = Buffer.from(`{"Records":[${many.join(',')}`);
    const packed = gzipSync(bytes, { level: 1 });
    expect(gunzipSync(packed).length).toBe(bytes.length);
    expect(await streamed(bytes, 1 << 20)).toEqual([
      { kind: 'problem', source: 'x', message: expect.stringMatching(/^malformed JSON after record \d+, where the text ends$/) },
    ]);
    expect(await streamed(packed.subarray(0, -20_000), 1 << 16)).toEqual([
      { kind: 'problem', source: 'x', message: expect.stringContaining('damaged gzip: the file ends too early') },
    ]);
    const invalid = Buffer.concat([bytes, Buffer.from([0x2c, 0x22, 0xff, 0xfe, 0x22, 0x5d, 0x7d])]);
    expect(await streamed(invalid, 1 << 20)).toEqual([{ kind: 'problem', source: 'x', message: 'neither text nor gzip' }]);
  });

  test('what is no trail is passed over', async () => {
    expect(await streamed(Buffer.from(`{"a":[${'1,'.repeat(3_000_000)}1]}`), 1 << 20)).toMatchObject([{ kind: 'skipped' }]);
    expect(await streamed(Buffer.from('some text\n'.repeat(1_000_000)), 1 << 20)).toMatchObject([{ kind: 'skipped' }]);
  });
});
