import { describe, expect, test } from 'vitest';
import { trailguard } from '../run-command.ts';

/** No credentials but those given: no profile of this machine, no metadata service. */
const nobody = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_REGION: 'us-east-1',
};

describe('trailguard redrive, before it asks AWS', () => {
  test.each([
    ['--rate', '0'],
    ['--rate', 'fast'],
    ['--limit', '1.5'],
    ['--limit', '0'],
    ['--stage', 'a/b'],
    ['--format', 'xml'],
  ])('refuses %s %s', async (option, value) => {
    const run = await trailguard(['redrive', option, value], { env: nobody });
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain(option);
  });

  test('says that there are no credentials, and how to have some', async () => {
    const run = await trailguard(['redrive'], { env: nobody });
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain('trailguard: no AWS credentials: ');
  });

  test('says that AWS could not be reached', async () => {
    const env = { ...nobody, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const run = await trailguard(['redrive'], { env });
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain('AWS could not be reached');
  });
});
