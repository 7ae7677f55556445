import { CreateAccessKeyCommand, CreateUserCommand, type IAMClient, ListUserTagsCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createIamClient } from '../../iam/create-iam-client.ts';
import { allowing } from '../iam/in-account.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { trailguard } from './run-command.ts';
import { useScratch } from './scratch.ts';

const here = motoIsHere('trailguard sweep');

/** No credentials but those given: no profile of this machine, no metadata service. */
const nobody = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_REGION: 'us-east-1',
};

describe('without an account to ask', () => {
  test('it says that there are no credentials, and how to have some', async () => {
    const run = await trailguard(['sweep'], { env: nobody });
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain('trailguard: no AWS credentials: ');
    expect(run.err).toContain('aws sso login');
  });

  test('it says that there is no Region', async () => {
    const { AWS_REGION: _, ...env } = nobody;
    const run = await trailguard(['sweep'], { env: { ...env, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } });
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain('give one with --region');
  });

  test('it says that AWS could not be reached', async () => {
    const env = { ...nobody, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const run = await trailguard(['sweep'], { env });
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain('AWS could not be reached');
  });
});

describe.runIf(here)('in an account of moto', () => {
  const scratch = useScratch();
  let moto: Moto;
  let iam: IAMClient;
  const sweep = (...words: string[]) =>
    trailguard(['sweep', ...words], {
      env: { ...nobody, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: moto.endpoint },
    });
  const tagsOf = async (UserName: string) => (await iam.send(new ListUserTagsCommand({ UserName }))).Tags ?? [];

  beforeAll(async () => {
    moto = await startMoto();
    iam = createIamClient(motoClientConfig(moto.endpoint));
  });
  afterAll(() => moto.stop());
  beforeEach(async () => {
    await moto.reset();
    await iam.send(new CreateUserCommand({ UserName: 'ada' }));
    await iam.send(new PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'own', PolicyDocument: allowing('*') }));
    await iam.send(new CreateUserCommand({ UserName: 'bob' }));
    await iam.send(new PutUserPolicyCommand({ UserName: 'bob', PolicyName: 'own', PolicyDocument: allowing('s3:*') }));
    await iam.send(new CreateUserCommand({ UserName: 'carol' }));
  });

  test('it says what it would write, worst first, and writes nothing', async () => {
    const run = await sweep();
    expect(run).toMatchObject({ err: '', status: 0 });
    expect(run.out.split('\n').map((line) => line.trimEnd())).toEqual([
      expect.stringMatching(/^USER +VERDICT +BECOMES +TAGS$/),
      expect.stringMatching(/^ada +none +critical +\+4$/),
      expect.stringContaining('new  admin-access (critical): '),
      expect.stringContaining('new  policy-attached-directly (low): '),
      expect.stringMatching(/^bob +none +high +\+4$/),
      expect.stringContaining('new  service-admin (high): '),
      expect.stringContaining('new  policy-attached-directly (low): '),
      '',
      '3 users and 0 customer managed policies of account 123456789012 judged, credentials as of',
      expect.stringMatching(/^ {4}\d{4}-\d\d-\d\dT/),
      'users: 1 critical, 1 high, 0 clear, 1 never flagged',
      'tags: 2 to correct, 1 as they should be',
      'worst that no tag had named: critical',
      expect.stringContaining('password-policy-weak: the account has no password policy of its own'),
      expect.anything(),
      expect.stringContaining('nothing was written: --apply writes these tags'),
      '    `sweep` instead: docs/sweep.md)',
      '',
    ]);
    expect(await tagsOf('ada')).toEqual([]);
  });

  test('it writes with --apply, and finds nothing to write the next time', async () => {
    expect((await sweep('--apply')).out).toContain('tags: 2 corrected, 1 as they should be');
    expect(await tagsOf('ada')).toContainEqual({ Key: 'trailguard:verdict', Value: 'critical' });
    const again = await sweep('--apply');
    expect(again.out).toContain('tags: 3 as they should be');
    expect(again.out).not.toContain('USER');
  });

  test('it answers in JSON alone, and by --fail-on with its status', async () => {
    const run = await sweep('--format', 'json', '--fail-on', 'high');
    expect(run).toMatchObject({ err: '', status: 1 });
    const report = JSON.parse(run.out);
    expect(report).toMatchObject({
      account: '123456789012',
      applied: false,
      complete: true,
      severity: 'critical',
      counts: { users: { total: 3, critical: 1, high: 1, none: 1 }, results: { planned: 2, unchanged: 1 } },
      users: [
        { name: 'ada', before: 'none', verdict: 'critical', appeared: ['admin-access', 'policy-attached-directly'], result: 'planned' },
        { name: 'bob', before: 'none', verdict: 'high' },
      ],
      unread: [],
    });
    expect(report.users[0].tags.set['trailguard:evidence']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ sweep$/);
  });

  test('it takes the prefix of the tags from the configuration', async () => {
    const config = await scratch.file('trailguard.config.json', { tagPrefix: 'watch' });
    await sweep('--apply', '--config', config);
    expect(await tagsOf('ada')).toContainEqual({ Key: 'watch:verdict', Value: 'critical' });
  });
});

describe.runIf(here)('where IAM is enforced', () => {
  let moto: Moto;
  let keys: { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string };

  beforeAll(async () => {
    moto = await startMoto();
    const iam = createIamClient(motoClientConfig(moto.endpoint));
    await iam.send(new CreateUserCommand({ UserName: 'nobody' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'nobody' }));
    keys = { AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? '', AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '' };
    await moto.enforceIam();
  });
  afterAll(() => moto.stop());

  test('it says what it may not read, and where what it needs is written', async () => {
    const run = await trailguard(['sweep'], { env: { ...nobody, ...keys, AWS_ENDPOINT_URL: moto.endpoint } });
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain('trailguard: the account was not swept: the authorization details of the account may not be read: ');
    expect(run.err).toContain('docs/sweep.md');
  });

  test('it says that AWS does not take the credentials', async () => {
    const env = { ...nobody, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: moto.endpoint };
    const run = await trailguard(['sweep'], { env });
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain('AWS does not take these credentials');
  });
});
