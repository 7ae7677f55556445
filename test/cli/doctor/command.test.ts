import { describe, expect, test } from 'vitest';
import { trailguard } from '../run-command.ts';
import { useScratch } from '../scratch.ts';

/** No credentials but those given: no profile of this machine, no metadata service. */
const nobody = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_REGION: 'us-east-1',
};
const somebody = { ...nobody, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

describe('trailguard doctor, without an account to ask', () => {
  const scratch = useScratch();

  test('says that there are no credentials, and how to have some', async () => {
    const run = await trailguard(['doctor'], { env: nobody });
    expect(run).toMatchObject({ err: '', status: 2 });
    expect(run.out).toMatch(/^wrong +credentials +no AWS credentials: /m);
    expect(run.out).toContain('        aws sso login\n');
    expect(run.out).toMatch(/^skipped +rules-enabled +not looked at: credentials is wrong$/m);
    expect(run.out).not.toMatch(/^ok /m);
  });

  test('says that AWS could not be reached', async () => {
    const run = await trailguard(['doctor'], { env: { ...somebody, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } });
    expect(run).toMatchObject({ err: '', status: 2 });
    expect(run.out.replace(/\s+/g, ' ')).toContain('AWS could not be reached');
  });

  test('says that there is no Region', async () => {
    const { AWS_REGION: _, ...env } = somebody;
    const run = await trailguard(['doctor'], { env });
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain('give one with --region');
  });

  test('says that the configuration is wrong before it asks anybody', async () => {
    const config = await scratch.file('trailguard.config.json', { channels: { mail: { enabled: 'yes' } } });
    const run = await trailguard(['doctor', '--config', config], { env: somebody });
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain('/channels/mail/enabled');
  });
});
