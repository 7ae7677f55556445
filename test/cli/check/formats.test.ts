import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { trailguard } from '../run-command.ts';
import { useScratch } from '../scratch.ts';

const scratch = useScratch();
const allow = (action: string) => ({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });

describe('github', () => {
  test('annotations by severity, properly escaped, and the counts', async () => {
    await scratch.file('50%,a:b.json', JSON.stringify(allow('s3:*'), null, 2));
    await scratch.file('broken.json', '{"Statement":');
    const { out, status } = await trailguard(['check', '--format', 'github', '.'], { cwd: scratch.folder });
    const [finding, fault, summary, ...rest] = out.split('\n');
    expect(finding).toMatch(/^::error file=50%25%2Ca%3Ab\.json,line=5,col=17,title=high service-admin::allows .+%0A.+%0Ahttps:\/\/[^\n]+$/);
    expect(fault).toMatch(/^::error file=broken\.json,line=1,col=14,title=not judged::the document is not JSON/);
    expect(summary).toBe('1 finding in 1 document: 1 high; 1 not judged');
    expect(rest).toEqual(['']);
    expect(status).toBe(2);
  });

  test('foreign text can neither end an annotation nor begin one', async () => {
    const sid = 'x\n::error file=evil::y\u001b';
    const template = { Resources: { [sid]: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: allow('s3:*') } } } };
    const { out } = await trailguard(['check', '--format', 'github', await scratch.file('t.json', template)]);
    expect(out.split('\n').filter((line) => line.startsWith('::'))).toHaveLength(1);
    expect(out).not.toContain('\u001b');
  });
});

describe('junit', () => {
  test('a suite for each document, failures, errors and passes, escaped', async () => {
    await scratch.file('a<&">.json', allow('s3:*'));
    await scratch.file('b.json', { Statement: [] });
    await scratch.file('c.json', '{"Statement":');
    const { out } = await trailguard(['check', '--format', 'junit', '.'], { cwd: scratch.folder });
    expect(out).toContain('<testsuites name="trailguard" tests="3" failures="1" errors="1">');
    expect(out).toContain('<testsuite name="a&lt;&amp;&quot;&gt;.json" tests="1" failures="1" errors="0">');
    expect(out).toContain('<failure type="high" message="high: allows every action of s3 on every resource">');
    expect(out).toContain('<testcase name="no findings" classname="b.json"/>');
    expect(out).toMatch(/<error type="not judged" message="the document is not JSON/);
    // Well-formed: every tag that opens closes, in order.
    const open: string[] = [];
    for (const [, close, name = '', alone] of out.matchAll(/<(\/?)([a-z-]+)(?:\s+[a-z]+="[^"<]*")*(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!alone) open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('a finding below the threshold passes, and is told', async () => {
    const file = await scratch.file('a.json', allow('s3:*'));
    const { out, status } = await trailguard(['check', '--format', 'junit', '--fail-on', 'critical', file]);
    expect(out).toContain('tests="1" failures="0" errors="0"');
    expect(out).toContain('<system-out>high: ');
    expect(status).toBe(0);
  });
});

describe('several formats in one run', () => {
  test('files and standard output tell the same', async () => {
    const file = await scratch.file('a.json', allow('s3:*'));
    const [sarif, junit] = [`${scratch.folder}/out.sarif`, `${scratch.folder}/out.xml`];
    const { out, status } = await trailguard([
      'check',
      '--format',
      `sarif:${sarif}`,
      '--format',
      'json',
      '--format',
      `junit:${junit}`,
      file,
    ]);
    expect(JSON.parse(out).documents).toHaveLength(1);
    expect(JSON.parse(await readFile(sarif, 'utf8')).runs[0].results).toHaveLength(1);
    expect(await readFile(junit, 'utf8')).toMatch(/failures="1"/);
    expect(status).toBe(1);
  });

  test('only files: standard output stays empty', async () => {
    const { out } = await trailguard(['check', '--format', `text:${scratch.folder}/out.txt`, await scratch.file('a.json', allow('s3:*'))]);
    expect(out).toBe('');
    expect(await readFile(`${scratch.folder}/out.txt`, 'utf8')).toContain('high  service-admin');
  });

  test.each([
    ['two on standard output', ['text', 'json']],
    ['two into one file', ['text:x', 'json:x']],
    ['an unknown format', ['yaml:x']],
    ['a file that can not be written', ['sarif:/nowhere/at/all.sarif']],
  ])('%s: bad usage', async (_, names) => {
    const words = names.flatMap((name) => ['--format', name]);
    const { out, err, status } = await trailguard(['check', ...words, '-'], { stdin: JSON.stringify({ Statement: [] }) });
    expect({ out, status }).toEqual({ out: '', status: 2 });
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('text', () => {
  test('the worst finding and the summary last', async () => {
    await scratch.file('a.json', allow('*'));
    await scratch.file('b.json', allow('s3:*'));
    const { out } = await trailguard(['check', scratch.folder]);
    expect(out.indexOf('high  service-admin')).toBeLessThan(out.indexOf('critical  admin-access'));
    expect(out).toMatch(/\n2 findings in 2 documents: 1 critical, 1 high\n$/);
  });

  test('success says what was looked at', async () => {
    await scratch.file('a.json', { Statement: [] });
    await scratch.file('package.json', { name: 'x' });
    await scratch.file('pods.yaml', 'kind: Pod');
    const { out, err, status } = await trailguard(['check', scratch.folder]);
    expect(out).toBe('0 findings in 1 document, 2 files skipped\n');
    expect(err).toContain('pods.yaml (YAML that holds no policy)');
    expect(status).toBe(0);
  });

  test('--quiet leaves the findings, and the errors', async () => {
    await scratch.file('package.json', { name: 'x' });
    const file = await scratch.file('a.json', { Statement: [] });
    expect(await trailguard(['check', '--quiet', scratch.folder])).toEqual({ out: '', err: '', status: 0 });
    const { out, err } = await trailguard(['check', '--quiet', file, await scratch.file('b.json', allow('s3:*')), '/nowhere']);
    expect(out).toContain('high  service-admin');
    expect(out).not.toContain('1 finding');
    expect(err).toBe('trailguard: /nowhere: no such file or folder\n');
  });
});
