import { readFile, rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { trailguard } from '../run-command.ts';
import { useScratch } from '../scratch.ts';

const scratch = useScratch();
const allow = (...actions: string[]) => ({ Statement: actions.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })) });
const check = (...words: string[]) => trailguard(['check', '--baseline', 'known.json', ...words], { cwd: scratch.folder });

/** Records what `a.json` holds, then puts something else there. */
async function recorded(before: object, after: object): Promise<void> {
  await scratch.file('a.json', before);
  await check('--update-baseline', 'a.json');
  await scratch.file('a.json', after);
}

describe('--baseline', () => {
  test('records findings without their places; then only new ones fail', async () => {
    await scratch.file('a.json', allow('s3:*'));
    const { err, status } = await check('--update-baseline', 'a.json');
    expect(err).toBe('1 finding recorded in known.json; to undo it, restore the file from version control, or delete it\n');
    expect(status).toBe(0);
    expect(JSON.parse(await readFile(`${scratch.folder}/known.json`, 'utf8'))).toEqual({
      version: 1,
      findings: [{ source: 'a.json', rule: 'service-admin', severity: 'high', services: ['s3'] }],
    });
    expect(await check('a.json')).toEqual({ out: '0 new findings in 1 document; 1 known from the baseline\n', err: '', status: 0 });
    await scratch.file('b.json', allow('s3:*'));
    const again = await check('a.json', 'b.json');
    expect(again.out).toMatch(/^b\.json:/);
    expect(again.out).toContain('1 new finding in 2 documents: 1 high; 1 known from the baseline');
    expect(again.status).toBe(1);
  });

  test.each([
    ['moved', allow('s3:*'), allow('s3:GetObject', 's3:*'), 0],
    ['written otherwise', allow('s3:*'), { Statement: { Effect: 'Allow', NotResource: [], Action: ['s3:*'], Resource: undefined } }, 0],
    ['narrowed to fewer services', allow('s3:*', 'sqs:*'), allow('sqs:*'), 0],
    [
      'eased by a condition',
      allow('s3:*'),
      { Statement: [{ ...allow('s3:*').Statement[0], Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }] },
      0,
    ],
    ['widened to a service more', allow('s3:*'), allow('s3:*', 'sqs:*'), 1],
    ['of another rule', allow('s3:*'), allow('*'), 1],
  ])('a finding that is %s', async (_, before, after, status) => {
    await recorded(before, after);
    expect((await check('a.json')).status).toBe(status);
  });

  test('a finding that got worse is new', async () => {
    const statement = allow('s3:*').Statement[0];
    await recorded({ Statement: [{ ...statement, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }] }, allow('s3:*'));
    expect((await check('a.json')).status).toBe(1);
  });

  test('of two resources in a template each has its own', async () => {
    const template = (...ids: string[]) => ({
      Resources: Object.fromEntries(ids.map((id) => [id, { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: allow('s3:*') } }])),
    });
    await recorded(template('One'), template('One', 'Two'));
    const { out, status } = await check('a.json');
    expect(out).toContain('Two allows');
    expect(out).not.toContain('One allows');
    expect(status).toBe(1);
  });

  test('paths are those from the file of the baseline, wherever the command runs', async () => {
    await scratch.file('a.json', allow('s3:*'));
    await check('--update-baseline', './a.json');
    const { status } = await trailguard(['check', '--baseline', `${scratch.folder}/known.json`, `${scratch.folder}/a.json`]);
    expect(status).toBe(0);
  });

  test('stale entries are named: of judged documents and of files that are gone, no others', async () => {
    for (const name of ['a', 'b', 'c', 'broken']) await scratch.file(`${name}.json`, allow('s3:*'));
    await check('--update-baseline', 'a.json', 'b.json', 'c.json', 'broken.json');
    await scratch.file('a.json', { Statement: [] });
    await rm(`${scratch.folder}/b.json`);
    await scratch.file('broken.json', '{"Statement":');
    const { err, status } = await check('a.json', 'broken.json');
    expect(err).toContain(
      '2 baseline entries find nothing any more: service-admin (s3) in a.json, service-admin (s3) in b.json; take such entries out of known.json with --update-baseline',
    );
    expect(status).toBe(2);
  });

  test('a missing or foreign baseline is bad usage, never an empty one', async () => {
    const file = await scratch.file('a.json', { Statement: [] });
    const missing = await check(file);
    expect(missing).toEqual({ out: '', err: expect.stringContaining('no such file; write it from today'), status: 2 });
    await scratch.file('known.json', { version: 1, findings: [{ source: 'a.json' }] });
    expect((await check(file)).err).toContain('not a baseline of this version');
    const unnamed = await trailguard(['check', '--update-baseline', file]);
    expect(unnamed).toEqual({ out: '', err: expect.stringContaining('--update-baseline needs --baseline FILE'), status: 2 });
  });

  test('half a run writes no baseline', async () => {
    await scratch.file('a.json', allow('s3:*'));
    const { err, status } = await check('--update-baseline', 'a.json', 'gone.json');
    expect(err).toContain('the baseline was not written');
    expect(status).toBe(2);
    await expect(readFile(`${scratch.folder}/known.json`)).rejects.toThrow('ENOENT');
  });
});
