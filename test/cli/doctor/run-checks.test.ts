import { describe, expect, test } from 'vitest';
import { type Check, ok, wrong } from '../../../cli/doctor/check.ts';
import { createClients } from '../../../cli/doctor/clients.ts';
import { createContext } from '../../../cli/doctor/context.ts';
import { runChecks } from '../../../cli/doctor/run-checks.ts';
import { defaultConfiguration } from '../../../schemas/configuration.ts';

const context = createContext({
  clients: createClients('us-east-1'),
  configuration: defaultConfiguration,
  stage: 'dev',
  region: 'us-east-1',
  now: () => new Date(),
  patience: 1_000,
  signal: new AbortController().signal,
});

const check = (id: string, run: Check['run'], more: Partial<Check> = {}): Check => ({
  id,
  title: id,
  matters: id,
  permissions: ['iam:GetUser'],
  after: [],
  run,
  ...more,
});

const refused = (name: string, message: string) => async () => {
  throw Object.assign(new Error(message), { name });
};

const run = (checks: readonly Check[], canary = false) => runChecks(checks, context, { canary });

describe('the run', () => {
  test('keeps the order of the checks, whichever ends first', async () => {
    const slow = check('slow', async () => new Promise((resolve) => setTimeout(() => resolve(ok('late')), 20)));
    expect((await run([slow, check('quick', async () => ok('soon'))])).map(({ id }) => id)).toEqual(['slow', 'quick']);
  });

  test('skips what makes no sense without another check, and names the first that was not ok', async () => {
    const never = async () => {
      throw new Error('it was made all the same');
    };
    const checks = [
      check('credentials', async () => wrong('none', 'aws sso login')),
      check('stack', never, { after: ['credentials'] }),
      check('rules', never, { after: ['stack'] }),
    ];
    expect(await run(checks)).toMatchObject([
      { state: 'wrong' },
      { state: 'skipped', says: 'not looked at: credentials is wrong', because: 'credentials' },
      { state: 'skipped', because: 'credentials' },
    ]);
  });

  test('writes only where it is asked to', async () => {
    const writing = check('canary', async () => ok('flew'), { writes: true });
    expect(await run([writing])).toMatchObject([{ state: 'skipped', says: 'it writes, and runs with --canary only' }]);
    expect(await run([writing], true)).toMatchObject([{ state: 'ok', says: 'flew' }]);
  });

  test.each([
    ['AccessDenied', 'User: x is not authorized to perform: sqs:GetQueueAttributes on resource: y', 'allow sqs:GetQueueAttributes'],
    ['AccessDeniedException', 'no', 'allow iam:GetUser'],
    ['AuthorizationErrorException', 'not allowed', 'allow iam:GetUser'],
  ])('calls unknown what may not be looked at (%s), with the permission that is missing', async (name, message, says) => {
    expect(await run([check('queue', refused(name, message))])).toMatchObject([{ state: 'unknown', says: expect.stringContaining(says) }]);
  });

  test.each([
    ['TimeoutError', 'too slow', 'AWS could not be reached: too slow'],
    ['ThrottlingException', 'Rate exceeded', 'IAM is throttling this account'],
    ['InternalFailure', 'something broke', 'something broke'],
  ])('calls unknown what AWS does not answer (%s)', async (name, message, says) => {
    expect(await run([check('queue', refused(name, message))])).toMatchObject([{ state: 'unknown', says: expect.stringContaining(says) }]);
  });
});
