import { describe, expect, test } from 'vitest';
import { trailguard } from './run-command.ts';
import { useScratch } from './scratch.ts';

const scratch = useScratch();
const policy = (action: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*', ...more }],
});
const clean = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' }] };

describe('check', () => {
  test('a clean document: status 0, and what was looked at', async () => {
    const { out, err, status } = await trailguard(['check', await scratch.file('clean.json', clean)]);
    expect({ out, err, status }).toEqual({ out: '0 findings in 1 document\n', err: '', status: 0 });
  });

  test('a finding: its place, severity, rule, reason and remedy; status 1', async () => {
    const path = await scratch.file(
      'admin.json',
      '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "*", "Resource": "*" }\n  ]\n}\n',
    );
    const { out, err, status } = await trailguard(['check', path]);
    expect(out).toMatch(new RegExp(`^${path}:4:36  critical  admin-access\n  why  .+\n  4 \\| .+\n    \\|  +\\^ +\\^\n  do   .+\n`));
    expect(out).toMatch(/\n1 finding in 1 document: 1 critical\n$/);
    expect({ err, status }).toEqual({ err: '', status: 1 });
  });

  test('json is exactly the documents, in the order given', async () => {
    const bad = await scratch.file('b.json', policy('kms:*'));
    const good = await scratch.file('a.json', clean);
    const { out, status } = await trailguard(['check', '--format', 'json', bad, good, '-'], { stdin: '{"Version": oops' });
    expect(status).toBe(2);
    expect(JSON.parse(out)).toEqual({
      documents: [
        { source: bad, findings: expect.any(Array), errors: [] },
        { source: good, findings: [], errors: [] },
        { source: '-', findings: [], errors: [{ message: expect.any(String), line: 1, column: 13 }] },
      ],
    });
    const [finding] = JSON.parse(out).documents[0].findings;
    expect(finding).toMatchObject({
      rule: 'service-admin',
      severity: 'critical',
      services: ['kms'],
      evidence: [{ statement: 0, line: 1, column: expect.any(Number) }, {}],
    });
  });

  test('--fail-on decides between 0 and 1', async () => {
    const high = await scratch.file('high.json', policy('s3:*'));
    const at = async (severity: string) => (await trailguard(['check', '--fail-on', severity, high])).status;
    expect(await Promise.all(['low', 'high', 'critical', 'never'].map(at))).toEqual([1, 1, 0, 0]);
  });

  test('a folder: its policies by path; other JSON is skipped and named', async () => {
    const b = await scratch.file('z/b.json', policy('s3:*'));
    const a = await scratch.file('a.json', clean);
    const package_ = await scratch.file('package.json', { name: 'x' });
    await scratch.file('notes.txt', 'no policy');
    const { out, err, status } = await trailguard(['check', '--format', 'json', scratch.folder]);
    expect(JSON.parse(out).documents.map(({ source }: { source: string }) => source)).toEqual([a, b]);
    expect(err).toBe(`1 file skipped: ${package_} (JSON that is no policy)\n`);
    expect(status).toBe(1);
  });

  test('a folder without a policy is an error', async () => {
    await scratch.file('package.json', { name: 'x' });
    const { err, status } = await trailguard(['check', scratch.folder]);
    expect(err).toContain(`trailguard: ${scratch.folder}: no policy document`);
    expect(status).toBe(2);
  });

  test('what cannot be judged is named with its place, and the rest is judged', async () => {
    const missing = `${scratch.folder}/gone.json`;
    const broken = await scratch.file('broken.json', '{\n  "Version": "2012-10-17",\n  "Statement": [}\n');
    const double = await scratch.file(
      'double.json',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
    );
    const { out, err, status } = await trailguard(['check', missing, broken, double]);
    expect(err).toContain(`trailguard: ${missing}: no such file or folder\n`);
    expect(err).toContain(`trailguard: ${broken}:3:17: `);
    expect(err).toMatch(/double\.json:1:\d+: .*duplicate key `Effect`/);
    expect(out).toContain('high  service-admin');
    expect(out).toContain('1 finding in 1 document: 1 high; 2 not judged');
    expect(status).toBe(2);
  });

  test('a disabled rule does not run', async () => {
    const config = await scratch.file('trailguard.config.json', { rules: { 'service-admin': { enabled: false } } });
    const { status } = await trailguard(['check', '--config', config, await scratch.file('s3.json', policy('s3:*'))]);
    expect(status).toBe(0);
  });

  test('a rule has the severity that the configuration gives it', async () => {
    const config = await scratch.file('trailguard.config.json', { rules: { 'service-admin': { severity: 'medium' } } });
    const check = ['check', '--config', config, '--fail-on', 'high', await scratch.file('s3.json', policy('s3:*'))];
    const { out, status } = await trailguard(check);
    expect(out).toContain('medium  service-admin');
    expect(status).toBe(0);
  });

  test.each([
    ['missing', undefined, 'no such file or folder'],
    ['malformed', '{', 'not JSON'],
    ['of unknown settings', '{"colour":1}', '/colour is not allowed here'],
    [
      'of unknown rules',
      '{"rules":{"service-admn":{"enabled":false}}}',
      'names `service-admn`, which is no rule (near it: `service-admin`)',
    ],
  ])('a configuration that is %s is bad usage', async (_, content, reason) => {
    const config = content === undefined ? `${scratch.folder}/none.json` : await scratch.file('c.json', content);
    const { out, err, status } = await trailguard(['check', '--config', config, '-'], { stdin: JSON.stringify(clean) });
    expect({ out, status }).toEqual({ out: '', status: 2 });
    expect(err).toContain(`--config \`${config}\``);
    expect(err).toContain(reason);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
