import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetObjectCommand, type GetObjectCommandOutput, ListObjectsV2Command, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createS3Client, s3Sources } from '../../trails/s3-source.ts';
import { all } from './s3-fixtures.ts';

// moto denies nobody, archives nothing, breaks off no answer and knows one Region: what such a bucket answers is played here.
const aws = mockClient(S3Client);
const client = createS3Client({ region: 'us-east-1' });
const fault = (name: string, httpStatusCode = 400, message = name) =>
  new S3ServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });
const found = () => all(s3Sources('s3://bucket/logs/', { client }));
const readFirst = async () => {
  const [first] = await found();
  if (first === undefined || !('read' in first)) throw new Error('no source');
  return first.read();
};
const answer = (text: string, ContentLength = text.length) =>
  ({ Body: { transformToByteArray: async () => Buffer.from(text) }, ContentLength }) as unknown as GetObjectCommandOutput;

beforeEach(() => {
  aws.on(ListObjectsV2Command).resolves({ Contents: [{ Key: 'logs/a.json', Size: 2 }] });
});
afterEach(() => aws.reset());

describe('a bucket that cannot be listed is a problem that says what to do', () => {
  test.each([
    [fault('AccessDenied', 403), 'access denied: these credentials need s3:ListBucket on arn:aws:s3:::bucket'],
    [fault('NoSuchBucket', 404), 'no such bucket'],
    [fault('PermanentRedirect', 301), 'give it with --region'],
    [fault('InternalError', 500, 'We encountered an internal error'), 'could not be listed: We encountered an internal error'],
    [Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED' }), 'could not be listed: connect ECONNREFUSED'],
  ])('%s', async (error, words) => {
    aws.on(ListObjectsV2Command).rejects(error);
    expect(await found()).toEqual([{ kind: 'problem', source: 's3://bucket/logs/', message: expect.stringContaining(words) }]);
  });

  test('what was listed before it broke off is read all the same', async () => {
    aws.reset();
    aws
      .on(ListObjectsV2Command)
      .resolvesOnce({
        Contents: [{ Key: 'AWSLogs/1/CloudTrail/r/2026/01/a.json', Size: 2 }],
        IsTruncated: true,
        NextContinuationToken: '2',
      })
      .rejects(fault('SlowDown', 503));
    expect(await all(s3Sources('s3://bucket/AWSLogs/1/CloudTrail/r/2026/01/', { client }))).toEqual([
      expect.objectContaining({ name: 's3://bucket/AWSLogs/1/CloudTrail/r/2026/01/a.json' }),
      expect.objectContaining({ message: 'could not be listed: SlowDown (after 1 log, which is read all the same)' }),
    ]);
  });

  test.each(['CredentialsProviderError', 'ExpiredToken', 'InvalidAccessKeyId'])(
    '%s ends the run: nothing else can be asked',
    async (name) => {
      aws.on(ListObjectsV2Command).rejects(fault(name));
      await expect(found()).rejects.toThrow(name);
    },
  );
});

describe('an object that cannot be read rejects with what to do', () => {
  test.each([
    [fault('NoSuchKey', 404), 'the object is gone'],
    [fault('AccessDenied', 403), 'access denied: these credentials need s3:GetObject'],
    [
      fault('AccessDenied', 403, 'not authorized to perform: kms:Decrypt on resource: arn:aws:kms:…'),
      'need kms:Decrypt on the key of the trail',
    ],
    [fault('InvalidObjectState', 403), 'archived: restore it'],
    [fault('ExpiredToken', 400, 'The provided token has expired.'), 'sign in again'],
    [fault('SlowDown', 503, 'Please reduce your request rate.'), 'could not be fetched: Please reduce your request rate.'],
  ])('%s', async (error, words) => {
    aws.on(GetObjectCommand).rejects(error);
    await expect(readFirst()).rejects.toThrow(words);
  });

  test('an answer that breaks off is asked for again, and in the end told', async () => {
    aws.on(GetObjectCommand).resolvesOnce(answer('{', 2)).resolvesOnce(answer('{}'));
    expect(Buffer.from(await readFirst()).toString()).toBe('{}');
    aws.on(GetObjectCommand).callsFake(async () => answer('{', 2));
    await expect(readFirst()).rejects.toThrow('the answer of S3 broke off 3 times: 1 of 2 bytes came');
  });
});

describe('where every other object would end the same way', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => ({ Key: `logs/${String(index).padStart(4, '0')}.json`, Size: 2 }));
  const readAll = async () => {
    const said: string[] = [];
    for await (const found of s3Sources('s3://bucket/logs/', { client })) {
      if ('read' in found) await found.read().catch((error: Error) => said.push(error.message));
      else if (found.kind === 'problem') said.push(found.message);
    }
    return said;
  };
  beforeEach(() => {
    aws.on(ListObjectsV2Command).resolves({ Contents: many });
  });

  test('credentials that ran out are told once more, and nothing else is asked for', async () => {
    aws
      .on(GetObjectCommand)
      .resolvesOnce(answer('{}'))
      .rejects(fault('ExpiredToken', 400, 'The provided token has expired.'));
    const said = await readAll();
    expect(said).toHaveLength(2);
    expect(said[1]).toMatch(/sign in again, then run it again\); the objects from `logs\/0002.json` on are not read$/);
  });

  test('so is a bucket of which nothing may be read', async () => {
    aws.on(GetObjectCommand).rejects(fault('AccessDenied', 403));
    expect((await readAll()).length).toBe(21);
  });

  test('but not one of which something may be', async () => {
    aws.on(GetObjectCommand).resolvesOnce(answer('{}')).rejects(fault('AccessDenied', 403));
    expect((await readAll()).length).toBe(999);
  });
});

describe('a bucket in another Region', () => {
  // The mock stands before the part of the SDK that follows the bucket, so a server of our own answers as S3 does.
  let server: Server;
  afterEach(() => void server.close());

  test('is followed there', async () => {
    aws.restore();
    const regions: string[] = [];
    server = createServer((request, response) => {
      const region = /Credential=[^/]+\/\d+\/([^/]+)\/s3/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      regions.push(region);
      if (region !== 'eu-west-1') {
        response.writeHead(301, { 'x-amz-bucket-region': 'eu-west-1', 'content-type': 'application/xml' });
        response.end('<Error><Code>PermanentRedirect</Code><Message>use another endpoint</Message></Error>');
      } else response.end('<ListBucketResult><Contents><Key>logs/a.json</Key><Size>2</Size></Contents></ListBucketResult>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const real = createS3Client({ region: 'us-east-1', endpoint, credentials });
    expect(await all(s3Sources('s3://bucket/logs/', { client: real }))).toMatchObject([{ name: 's3://bucket/logs/a.json' }]);
    expect(regions).toEqual(['us-east-1', 'eu-west-1']);
  });
});
