import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { trailguard } from '../run-command.ts';
import { useScratch } from '../scratch.ts';

const scratch = useScratch();
const wide = { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const template =
  'Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument:\n        Statement: { Effect: Allow, Action: "s3:*", Resource: "*" }\n';
const bucket = 'AWSTemplateFormatVersion: 2010-09-09\nResources:\n  B: { Type: AWS::S3::Bucket }\n';
const expected = 'expected a policy document, a CloudFormation or SAM template, or `terraform show -json`';

describe('inputs', () => {
  test('a folder: policies, templates and plans by path; other files are skipped and named', async () => {
    await scratch.file('a.json', wide);
    await scratch.file('b/t.yml', template);
    await scratch.file('b/t.template', template);
    await scratch.file('bucket.yaml', bucket);
    await scratch.file('helm.yaml', 'x: {{ .Values.x }}\n');
    await scratch.file('tsconfig.json', '{ // with comments\n  "strict": true\n}');
    await scratch.file('node_modules/x/policy.json', wide);
    const { out, err, status } = await trailguard(['check', '--format', 'json', '.'], { cwd: scratch.folder });
    const documents = JSON.parse(out).documents as { source: string; resource?: string; errors: unknown[] }[];
    expect(documents.map(({ source, resource }) => [source, resource])).toEqual([
      ['a.json', undefined],
      ['b/t.template', 'P'],
      ['b/t.yml', 'P'],
    ]);
    expect(err).toContain(
      '4 files skipped: node_modules (1 file of packages), bucket.yaml (a template without identity policies), helm.yaml (YAML that holds no policy), tsconfig.json (neither JSON nor a policy)',
    );
    expect(status).toBe(1);
  });

  test('standard input takes every form', async () => {
    const plan = {
      format_version: '1.2',
      planned_values: {
        root_module: { resources: [{ address: 'aws_iam_policy.p', type: 'aws_iam_policy', values: { policy: JSON.stringify(wide) } }] },
      },
    };
    const heads = [JSON.stringify(wide), template, JSON.stringify(plan)].map(
      async (stdin) => (await trailguard(['check', '-'], { stdin })).out.split('\n')[0],
    );
    expect(await Promise.all(heads)).toEqual([
      '-:1:42  high  service-admin',
      '-:6:45  high  service-admin',
      expect.stringMatching(/^-:1:\d+ {2}high {2}service-admin$/),
    ]);
  });

  test.each([
    ['a template without policies', 'a.yaml', bucket, `a template without identity policies: ${expected}`],
    ['other JSON', 'a.json', '{}', `JSON that is no policy: ${expected}`],
    ['a list', 'a.json', '[]', `JSON that is no policy: ${expected}`],
    [
      'a plan without policies',
      'a.json',
      '{"format_version":"1.2","planned_values":{}}',
      `a Terraform plan or state without identity policies: ${expected}`,
    ],
    [
      'a plan file of Terraform',
      'plan.out',
      Buffer.from('PK\u0003\u0004'),
      'a zip file: of a Terraform plan, give the output of `terraform show -json`',
    ],
    ['what is no text', 'a.json', Buffer.from([0xff, 0x00, 0x80]), 'neither text nor gzip'],
    ['JSON with comments', 'a.json', '{ // x\n}', 'a.json:1:3: the document is not JSON'],
    ['an empty file', 'a.json', '', 'the document is empty'],
  ])('%s, named directly: status 2 and one clear line', async (_, name, content, message) => {
    const { out, err, status } = await trailguard(['check', '--format', 'json', await scratch.file(name, content)]);
    expect(err).toMatch(/^trailguard: .+\n$/);
    expect(err).toContain(message);
    expect(JSON.parse(out).documents).toEqual([
      { source: expect.any(String), findings: [], errors: [expect.objectContaining({ message: expect.any(String) })] },
    ]);
    expect(status).toBe(2);
  });

  test('--ignore-unknown passes over named files that hold no policy, as in a commit hook', async () => {
    const other = await scratch.file('package.json', { name: 'x' });
    const { out, err, status } = await trailguard(['check', '--ignore-unknown', other]);
    expect(out).toBe('0 findings in 0 documents, 1 file skipped\n');
    expect(err).toContain(`1 file skipped: ${other} (JSON that is no policy)`);
    expect(status).toBe(0);
    expect((await trailguard(['check', '--ignore-unknown', await scratch.file('broken.json', '{"Statement":')])).status).toBe(2);
  });

  test('a broken template is an error with its place, also in a folder', async () => {
    const path = await scratch.file('t.yaml', template.replace('"*" }', '"*"'));
    const { err, status } = await trailguard(['check', scratch.folder]);
    expect(err).toMatch(new RegExp(`^trailguard: ${path}:\\d+:\\d+: the file is not YAML: .+\\n$`));
    expect(status).toBe(2);
  });

  test('a document that is known only after apply is named, in words that scripts can count', async () => {
    const resources = [{ address: 'aws_iam_policy.later', type: 'aws_iam_policy', values: {} }];
    const file = await scratch.file('p.json', { format_version: '1.2', planned_values: { root_module: { resources } } });
    const { out, err, status } = await trailguard(['check', file]);
    expect(out).toBe('0 findings in 0 documents, 1 more known only after apply\n');
    expect(err).toBe(`known only after apply, and not judged: ${file}: aws_iam_policy.later\n`);
    expect(status).toBe(0);
  });

  test('a document that was compressed, and one as IAM answers it', async () => {
    const packed = await scratch.file('a.json', gzipSync(JSON.stringify(wide)));
    const encoded = await scratch.file('b.json', encodeURIComponent(JSON.stringify(wide)));
    const { out } = await trailguard(['check', packed, encoded]);
    expect(out.match(/:1:42 {2}high/g)).toHaveLength(2);
    expect(out.match(/\| {"Statement":\[{"Effect":"Allow","Action":"s3:\*"/g)).toHaveLength(2);
  });
});
