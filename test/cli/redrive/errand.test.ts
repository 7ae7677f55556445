import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chosenQueues } from '../../../cli/redrive/chosen-queues.ts';
import { errandOf } from '../../../cli/redrive/errand.ts';
import type { GuardStack } from '../../../cli/redrive/guard-stack.ts';
import { heldEvent } from '../../../cli/redrive/held-event.ts';
import { summaryMail } from '../../../cli/redrive/summary-mail.ts';
import { unwrap } from '../../../cli/redrive/unwrap.ts';
import { account } from '../../deploy/events.ts';
import { allFunctionNames, logicalName } from '../../deploy/template.ts';
import { aVerdictEvent } from '../../handlers/channels/events.ts';
import { anEnvelope, aRequest } from '../../handlers/parts.ts';
import { aSweepEvent, functionArn, invocationRecord, scheduled, undeliveredAttributes } from './messages.ts';

const alertTopic = `arn:aws:sns:us-east-1:${account}:trailguard-dev-alerts`;
const queue = (name: string) => ({ name, url: `https://sqs.us-east-1.amazonaws.com/${account}/trailguard-dev-${name}` });
const queueArn = ({ name }: { name: string }) => `arn:aws:sqs:us-east-1:${account}:trailguard-dev-${name}`;
const stack: GuardStack = {
  name: 'trailguard-dev',
  functions: new Map(allFunctionNames.map((name) => [logicalName(name), functionArn(name)])),
  queues: ['UsersToJudgeAgain', 'VerdictsToDigest', 'UsersNotJudged', 'FailedEvents'].map(queue),
  alertTopic,
  queueArn,
};

/** Where a message of a queue goes; throws as `errandOf` does. */
const errand = (queueName: string, body: unknown, attributes: Record<string, string> = {}) => {
  const unwrapped = unwrap({ body: typeof body === 'string' ? body : JSON.stringify(body), attributes });
  return errandOf(heldEvent(unwrapped.payload), unwrapped, queueName, stack);
};

describe('where a message goes', () => {
  it.each([
    ['an event of IAM that names no target', 'UndeliveredEvents', anEnvelope(), {}, 'user-permissions'],
    [
      'an event of IAM with the reason',
      'UndeliveredEvents',
      anEnvelope(),
      undeliveredAttributes(functionArn('user-permissions')),
      'user-permissions',
    ],
    ['the start of a sweep', 'UndeliveredEvents', scheduled, undeliveredAttributes(functionArn('sweep')), 'sweep'],
    ['the start of a sweep that names no target', 'UndeliveredEvents', scheduled, {}, 'sweep'],
    ['an event that a function threw at', 'FailedEvents', invocationRecord(anEnvelope()), {}, 'user-permissions'],
    [
      'an event that another function judges by now',
      'FailedEvents',
      invocationRecord(anEnvelope(), 'group-changes'),
      {},
      'user-permissions',
    ],
    ['a sweep that somebody started by hand', 'FailedEvents', invocationRecord(null, 'sweep'), {}, 'sweep'],
    [
      'a verdict that Slack did not get',
      'SlackChannelUndelivered',
      invocationRecord(aVerdictEvent(), 'slack-channel'),
      {},
      'slack-channel',
    ],
    ['a verdict of which only the queue says what it was for', 'AuthorChannelUndelivered', aVerdictEvent(), {}, 'author-channel'],
    ['a summary that Security Hub did not get', 'SecurityHubChannelUndelivered', aSweepEvent, {}, 'security-hub-channel'],
    [
      'a tagging that Security Hub did not get',
      'SecurityHubChannelUndelivered',
      anEnvelope({ eventName: 'TagUser' }),
      {},
      'security-hub-channel',
    ],
  ])('%s is given to its function', (_what, queueName, body, attributes, to) => {
    expect(errand(queueName, body, attributes)).toMatchObject({ kind: 'invoke', functionArn: functionArn(to) });
  });

  it('an event goes to its function as it came, without its envelope', () => {
    expect(errand('UndeliveredEvents', anEnvelope())).toMatchObject({ payload: JSON.stringify(anEnvelope()) });
    expect(errand('FailedEvents', invocationRecord(anEnvelope()))).toMatchObject({ payload: JSON.stringify(anEnvelope()) });
  });

  it('a request for a second look goes back to its queue, in the group that the guard would form', () => {
    const request = aRequest({ user: 'Bob' });
    expect(errand('UsersNotJudged', request)).toEqual({
      kind: 'send',
      to: 'UsersToJudgeAgain',
      queueUrl: queue('UsersToJudgeAgain').url,
      body: JSON.stringify(request),
      group: '123456789012/bob',
    });
  });

  it('a verdict that the digest did not get goes to the queue of the digest, by its rule or by the queue where it lies', () => {
    for (const attributes of [undeliveredAttributes(queueArn({ name: 'VerdictsToDigest' })), {}]) {
      expect(errand('DigestChannelUndelivered', aVerdictEvent(), attributes)).toMatchObject({ kind: 'send', to: 'VerdictsToDigest' });
    }
  });

  it('the summary of a severe sweep goes to the topic, in the words of its rule', () => {
    expect(errand('UndeliveredAlerts', aSweepEvent, undeliveredAttributes(alertTopic))).toMatchObject({
      kind: 'publish',
      topicArn: alertTopic,
    });
    const { SevereSweepRule } = parse(readFileSync(new URL('../../../stack/sweep.yml', import.meta.url), 'utf8'), {
      logLevel: 'error',
    }).Resources;
    const { InputTemplate, InputPathsMap } = SevereSweepRule.Properties.Targets[0].InputTransformer;
    const values: Record<string, string> = Object.fromEntries(
      Object.entries(InputPathsMap as Record<string, string>).map(([name, path]) => [
        name,
        // biome-ignore lint/suspicious/noExplicitAny: a walk along a path of names and indices
        String(path.match(/\w+/g)?.reduce((at: any, key) => at[key], aSweepEvent)),
      ]),
    );
    const told = String(InputTemplate)
      .replaceAll(/<(\w+)>/g, (_whole, name: string) => values[name] ?? '')
      .replace('${self:custom.name}', stack.name);
    expect(summaryMail(aSweepEvent.detail, stack.name).body).toBe(told);
  });
});

describe('what is refused', () => {
  const arn = (text: string) => undeliveredAttributes(text);
  it.each([
    ['no JSON', 'FailedEvents', '{', {}, 'its body is no JSON'],
    ['JSON that is nothing', 'FailedEvents', [1], {}, 'it is no event of the guard'],
    ['a number', 'UndeliveredEvents', '7', {}, 'it is no event of the guard'],
    [
      'a function of another account',
      'UndeliveredEvents',
      anEnvelope(),
      arn(functionArn('sweep').replace(account, '999999999999')),
      'which is not of stack',
    ],
    ['a function of another stack', 'FailedEvents', invocationRecord(anEnvelope(), '../other'), {}, 'which is not of stack'],
    ['a version of a function of the stack', 'FailedEvents', invocationRecord(anEnvelope(), 'sweep:7'), {}, 'which is not of stack'],
    [
      'a function behind a queue',
      'FailedEvents',
      invocationRecord(aRequest(), 'judge-user'),
      {},
      '`JudgeUser` does not take a request to judge a user',
    ],
    ['a change for the sweep', 'FailedEvents', invocationRecord(anEnvelope(), 'sweep'), {}, '`Sweep` does not take a change in IAM'],
    [
      'anything for a judge',
      'FailedEvents',
      invocationRecord({}, 'user-permissions'),
      {},
      '`UserPermissions` does not take it: it is no event of the guard',
    ],
    ['a verdict where changes lie', 'UndeliveredEvents', aVerdictEvent(), {}, 'it is no event of the guard'],
    ['a change where verdicts lie', 'MailChannelUndelivered', anEnvelope(), {}, '`MailChannel` does not take a change in IAM'],
    [
      'an event that the guard does not judge',
      'UndeliveredEvents',
      anEnvelope({ eventName: 'ListUsers' }),
      {},
      'event `ListUsers` is not one that the guard judges',
    ],
    [
      'an event of the name of a property',
      'UndeliveredEvents',
      anEnvelope({ eventName: 'constructor' }),
      {},
      'is not one that the guard judges',
    ],
    ['an event of another source', 'UndeliveredEvents', anEnvelope({}, { source: 'evil' }), {}, 'envelope: /source must be'],
    ['a verdict that keeps no schema', 'MailChannelUndelivered', { ...aVerdictEvent(), detail: {} }, {}, 'verdict event: '],
    ['a user request with more in it', 'UsersNotJudged', { ...aRequest(), more: 1 }, {}, 'user request: /more is not allowed here'],
    ['a schedule that is not of AWS', 'UndeliveredEvents', { ...scheduled, source: 'me' }, {}, 'it is no event of the guard'],
  ])('%s', (_what, queueName, body, attributes, why) => {
    expect(() => errand(queueName, body, attributes)).toThrow(why);
  });

  it('a verdict for a channel that is switched off', () => {
    const off = { ...stack, functions: new Map() };
    const unwrapped = unwrap({ body: JSON.stringify(aVerdictEvent()), attributes: {} });
    expect(() => errandOf(heldEvent(unwrapped.payload), unwrapped, 'SlackChannelUndelivered', off)).toThrow('is its channel switched off?');
  });
});

describe('the queues', () => {
  it('are those of the stack that no event source mapping empties', () => {
    const resources = ['alerts', 'channels', 'delivery', 'judge-again', 'sweep'].flatMap(
      (file): [string, { Type: string; Properties: object }][] =>
        Object.entries(
          parse(readFileSync(new URL(`../../../stack/${file}.yml`, import.meta.url), 'utf8'), { merge: true, logLevel: 'error' }).Resources,
        ),
    );
    const mapped = resources
      .filter(([, { Type }]) => Type === 'AWS::Lambda::EventSourceMapping')
      .map(([, { Properties }]) => JSON.stringify(Properties));
    const queues = resources.filter(([, { Type }]) => Type === 'AWS::SQS::Queue').map(([name]) => name);
    const looked = chosenQueues({ ...stack, queues: queues.map(queue) }, undefined).map(({ name }) => name);
    const emptied = queues.filter((name) => mapped.some((text) => text.includes(`"${name}.Arn"`)));
    expect(emptied).toHaveLength(2);
    expect(looked.toSorted()).toEqual(queues.filter((name) => !emptied.includes(name)).toSorted());
  });
});
