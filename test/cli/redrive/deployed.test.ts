import { readFileSync } from 'node:fs';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account, delivered } from '../../deploy/events.ts';
import { credentialsFor, without } from '../../deploy/permissions.ts';
import type { PackagedStatement } from '../../deploy/template.ts';
import { aVerdictEvent } from '../../handlers/channels/events.ts';
import { aRequest } from '../../handlers/parts.ts';
import { motoClientConfig, motoIsHere } from '../../moto.ts';
import { type DeployedGuard, deployGuard, putAll, queueNames } from './deployed-guard.ts';
import { aSweepEvent, functionArn, invocationRecord, undeliveredAttributes } from './messages.ts';

describe.skipIf(!motoIsHere('trailguard redrive'))('a deployed guard', { timeout: 60_000 }, () => {
  let guard: DeployedGuard;

  beforeAll(async () => {
    guard = await deployGuard();
  }, 240_000);
  afterAll(() => guard?.stop());
  beforeEach(() => guard.reset());

  test('every queue in which something can be left lying is looked at, and said to be empty', async () => {
    expect([...guard.urls.keys()].toSorted()).toEqual([...queueNames].toSorted());
    expect(await guard.redrive()).toEqual({ out: 'nothing lies in trailguard-dev: 10 queues looked at\n', err: '', status: 0 });
  });

  test('a dry run says what lies there and why, calls nothing, and hides nothing', async () => {
    const [undelivered, failed] = [putAll(), putAll()];
    await guard.send('UndeliveredEvents', undelivered, undeliveredAttributes(functionArn('user-permissions')));
    await guard.send('FailedEvents', invocationRecord(failed));
    const { out, err, status } = await guard.redrive();
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
      'UndeliveredEvents: 1 message',
      `0 min   to redrive  PutUserPolicy, ${undelivered.detail.eventID}, to user-permissions`,
      '    why  NO_PERMISSIONS: Lambda function is not invokable',
      '',
      'FailedEvents: 1 message',
      `0 min   to redrive  PutUserPolicy, ${failed.detail.eventID}, to user-permissions`,
      '    why  IncompleteError: IAM did not answer',
      '',
      '2 messages of trailguard-dev: 2 to redrive (10 queues looked at)',
      'about 2 lie there now: UndeliveredEvents 1, FailedEvents 1',
      'nothing was done: --apply takes them through the guard, and deletes those that succeed',
      '',
    ]);
    expect(guard.lambda.invoked()).toEqual([]);
    expect(await guard.visibleIn('UndeliveredEvents')).toEqual([JSON.stringify(undelivered)]);
    expect(await guard.visibleIn('FailedEvents')).toHaveLength(1);
  });

  test('--apply judges what lies there by the built function: the alert is heard under the same id, the user is tagged, the queue is empty', async () => {
    const event = putAll();
    await guard.send('FailedEvents', invocationRecord(event));
    await guard.cloud.heard();
    const { out, status } = await guard.redrive('--apply', '--queue', 'FailedEvents');
    expect(out).toContain('1 message of trailguard-dev: 1 done (1 queue looked at)\nnothing lies there any more');
    expect(status).toBe(0);
    expect(await guard.cloud.heard()).toMatchObject([{ id: event.detail.eventID, outcome: 'flagged', severity: 'critical' }]);
    expect((await guard.cloud.userTags('bob'))['trailguard:verdict']).toBe('critical');
    expect(await guard.visibleIn('FailedEvents')).toEqual([]);
  });

  test('only what succeeded is deleted: a function that fails, a foreign function and a message that is none stay, and harm no other', async () => {
    guard.failing.set('trailguard-dev-group-changes', 'IAM did not answer');
    const foreign = 'arn:aws:lambda:us-east-1:999999999999:function:trailguard-dev-user-permissions';
    await guard.send('UndeliveredEvents', 'not JSON\u001B[2J');
    await guard.send('UndeliveredEvents', delivered('AddUserToGroup', { requestParameters: { userName: 'bob', groupName: 'team' } }));
    await guard.send('UndeliveredEvents', putAll(), undeliveredAttributes(foreign));
    await guard.send('UndeliveredEvents', putAll());
    const { queues, counts } = await guard.reported('--apply', '--queue', 'UndeliveredEvents');
    expect(counts).toEqual({ planned: 0, done: 1, failed: 1, refused: 2 });
    const details = queues.flatMap(({ messages }) => messages.map(({ detail }) => detail));
    expect(details.filter((detail) => detail !== undefined).toSorted()).toEqual([
      `it names \`${foreign}\`, which is not of stack \`trailguard-dev\`: nothing else is called`,
      'its body is no JSON',
      'the function failed: Error: IAM did not answer',
    ]);
    expect(
      guard.lambda
        .invoked()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['trailguard-dev-group-changes', 'trailguard-dev-user-permissions']);
    expect(await guard.visibleIn('UndeliveredEvents')).toHaveLength(3);
    const again = await guard.redrive('--queue', 'UndeliveredEvents');
    expect(again.status).toBe(2);
    expect(again.out).not.toContain('\u001B[2J');
  });

  test('a sweep that could not be started or failed is started again', async () => {
    await guard.send('FailedEvents', invocationRecord(null, 'sweep'));
    expect((await guard.reported('--apply', '--queue', 'FailedEvents')).counts).toMatchObject({ done: 1 });
    expect(guard.lambda.invoked()).toMatchObject([{ name: 'trailguard-dev-sweep', event: {} }]);
  });

  test('users who were not judged go back to the queue of users to judge again, each in the group of the user', async () => {
    const bob = aRequest({ event: { ...aRequest().event, account } });
    await guard.send('UsersNotJudged', bob, {}, { MessageGroupId: 'whatever', MessageDeduplicationId: 'one' });
    expect((await guard.reported('--apply', '--queue', 'UsersNotJudged')).counts).toMatchObject({ done: 1, failed: 0 });
    expect(await guard.cloud.toJudgeAgain('bob')).toContainEqual(bob);
    expect(await guard.visibleIn('UsersNotJudged')).toEqual([]);
  });

  test('what a channel did not get goes to its function, from either envelope, and to the queue of the digest', async () => {
    await guard.send(
      'MailChannelUndelivered',
      aVerdictEvent(),
      undeliveredAttributes(functionArn('mail-channel'), 'THROTTLING', 'slow down'),
    );
    await guard.send('MailChannelUndelivered', invocationRecord(aVerdictEvent(), 'mail-channel'));
    await guard.send('DigestChannelUndelivered', aVerdictEvent({ severity: 'low' }));
    await guard.cloud.taken('trailguard-dev-verdicts-to-digest');
    expect((await guard.reported('--apply')).counts).toMatchObject({ done: 3, failed: 0, refused: 0 });
    expect(guard.lambda.invoked()).toMatchObject([
      { name: 'trailguard-dev-mail-channel' },
      { name: 'trailguard-dev-mail-channel', event: aVerdictEvent() },
    ]);
    const [waiting = ''] = await guard.cloud.taken('trailguard-dev-verdicts-to-digest');
    expect(JSON.parse(waiting)).toMatchObject({ detail: { severity: 'low' } });
  });

  test('news of a severe sweep is published to the topic of the alerts', async () => {
    const heard = `arn:aws:sqs:us-east-1:${account}:told`;
    await guard.sqs.send(new CreateQueueCommand({ QueueName: 'told' }));
    const TopicArn = `arn:aws:sns:us-east-1:${account}:trailguard-dev-alerts`;
    await new SNSClient(motoClientConfig(guard.moto.endpoint)).send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: heard }));
    await guard.send('UndeliveredAlerts', aSweepEvent, undeliveredAttributes(TopicArn));
    expect((await guard.reported('--apply', '--queue', 'UndeliveredAlerts')).counts).toMatchObject({ done: 1 });
    const [mail = '{}'] = await guard.cloud.taken('told');
    expect(JSON.parse(mail).Message).toContain('"Trailguard, critical (sweep): ');
  });

  test('no more than --rate a second are begun, and no more than --limit in all', async () => {
    for (let sent = 0; sent < 4; sent++) await guard.send('MailChannelUndelivered', aVerdictEvent());
    const { counts, queues } = await guard.reported('--apply', '--rate', '2', '--limit', '3');
    expect(counts).toEqual({ planned: 0, done: 3, failed: 0, refused: 0 });
    expect(queues.find(({ name }) => name === 'MailChannelUndelivered')?.remaining).toBe(1);
    const times = guard.lambda.invoked().map(({ at }) => at);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(800);
  });

  test('a queue can be given by its URL, also one that is not of the stack', async () => {
    const { QueueUrl = '' } = await guard.sqs.send(new CreateQueueCommand({ QueueName: 'of-an-earlier-guard' }));
    await guard.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(invocationRecord(putAll())) }));
    // The host is not where the request goes: that is SQS in the Region, here moto.
    const elsewhere = QueueUrl.replace(/^https?:\/\/[^/]+/, 'https://sqs.example.com');
    expect((await guard.reported('--apply', '--queue', elsewhere)).counts).toMatchObject({ done: 1 });
  });

  test('a name that is no queue, a queue that functions empty, and a stage that is not there are said, with the way out', async () => {
    expect((await guard.redrive('--queue', 'Failed')).err).toContain(
      'is no queue of stack `trailguard-dev`: give one of `UndeliveredEvents`, `FailedEvents`',
    );
    expect((await guard.redrive('--queue', 'UsersToJudgeAgain')).err).toContain('a function takes from it by itself');
    const { err, status } = await guard.redrive('--stage', 'prod');
    expect(err).toMatch(
      /no guard is found: .*trailguard-prod.* \(give the stage that you deployed with --stage, and its Region with --region\)/,
    );
    expect(status).toBe(2);
  });

  // The last: moto enforces IAM until it stops.
  test('the policy in docs/redrive.md suffices, without its writing statements for a dry run', async () => {
    const page = readFileSync(new URL('../../../docs/redrive.md', import.meta.url), 'utf8');
    const { Statement } = JSON.parse(/```json\n(.+?)```/s.exec(page)?.[1] ?? '{}') as { Statement: PackagedStatement[] };
    await guard.send('FailedEvents', invocationRecord({}, 'sweep'));
    await guard.send('UsersNotJudged', aRequest(), {}, { MessageGroupId: 'bob', MessageDeduplicationId: 'two' });
    const reading = Statement.filter(({ Sid }) => Sid === 'FindTheGuard' || Sid === 'SeeWhatLiesThere');
    const reader = await credentialsFor(guard.cloud, 'reader', reading);
    const person = await credentialsFor(guard.cloud, 'person', Statement);
    const undeleting = await credentialsFor(guard.cloud, 'undeleting', without(Statement, 'sqs:DeleteMessage'));
    await guard.moto.enforceIam();
    expect(await guard.redriveAs(reader)).toMatchObject({ err: '', status: 0 });
    const kept = await guard.redriveAs(undeleting, '--apply', '--queue', 'UsersNotJudged');
    expect(kept.out).toContain('it went through, but could not be deleted: ');
    expect(await guard.redriveAs(person, '--apply')).toMatchObject({ err: '', status: 0, out: expect.stringContaining('2 done') });
    const nobody = await guard.redriveAs({ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'test' });
    expect(nobody).toMatchObject({ out: '', status: 2 });
  });
});
