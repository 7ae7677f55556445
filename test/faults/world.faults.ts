import { readFileSync } from 'node:fs';
import {
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteUserPolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { SNSClient } from '@aws-sdk/client-sns';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { createChannelStack } from '../../handlers/channels/channel-stack.ts';
import { createMailDelivery } from '../../handlers/channels/mail.ts';
import { defaultChannels } from '../../schemas/channels.ts';
import { aVerdict } from '../alerts/verdicts.ts';
import { delivered, everything } from '../deploy/events.ts';
import { aVerdictEvent, background } from '../handlers/channels/events.ts';
import { createTopic } from '../handlers/channels/topic.ts';
import { silently } from '../handlers/guarded-account.ts';
import { aContext } from '../handlers/parts.ts';
import { motoClientConfig, motoIsHere } from '../moto.ts';
import { type Account, startAccount } from './account.ts';
import { deliveryIn, repeatsIn } from './delivery.ts';
import { happenings } from './happenings.ts';
import type { Fault } from './proxy.ts';
import { report } from './result.ts';
import { goThrough, type Happening, rowOf } from './scenario.ts';
import { everythingPut, newUser } from './users.ts';

const names = Object.keys(happenings);
const faults: readonly Fault[] = ['throttled', 'error', 'reset', 'silent'];
/** How long IAM may take to show a change, in seconds. */
const settled = 120;

describe.runIf(motoIsHere('the fault suite: the world'))('a world', () => {
  let account: Account;
  let marks = 0;
  const mark = () => `user-${++marks}`;
  const happen = (name = names[0] ?? '', by = mark()): Promise<Happening> => {
    const one = happenings[name];
    if (one === undefined) throw new Error(`nothing is called \`${name}\``);
    return one(account, by);
  };

  beforeAll(async () => {
    account = await startAccount();
  });
  beforeEach(() => silently());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  afterAll(() => account.stop());

  it.each(faults)('in which the table of alerts is %s: alerts come all the same', async (fault) => {
    const down = ({ operation }: { operation: string }) => (operation.startsWith('dynamodb:') ? fault : undefined);
    const endings = await Promise.all(
      names.map(async (name) => goThrough(account, await happen(name), down, { inTime: fault === 'silent' })),
    );
    const row = rowOf(`8 the table of alerts is down: ${fault}`, endings);
    report(row);
    expect([row.repeats, row.queued]).toEqual([0, 0]);
  });

  it('in which the table of alerts is down, and an event comes twice: its alert does, too', async () => {
    const { event, users } = await happen();
    const delivery = deliveryIn(account, await account.newStack());
    const down = ({ operation }: { operation: string }) => (operation.startsWith('dynamodb:') ? ('error' as const) : undefined);
    for (let time = 0; time < 2; time++) await delivery.deliver(event, down);
    await delivery.lookAgain(down);
    const alerts = await account.toldOf(event.detail.eventID ?? '');
    const right = await Promise.all(users.map(account.tagsAreRight));
    const ending = { queued: 0, lost: alerts.length === 0 ? 1 : 0, repeats: repeatsIn(alerts), tagsRight: right.filter(Boolean).length };
    report(rowOf('8 the table of alerts is down, and the event comes twice', [{ ...ending, users: users.length }]));
    expect(ending.repeats).toBe(1);
  });

  it('in which IAM shows a change two minutes late', async () => {
    const { UsersToJudgeAgain } = parse(readFileSync(new URL('../../stack/judge-again.yml', import.meta.url), 'utf8'), {
      logLevel: 'error',
    }).Resources;
    const { DelaySeconds } = UsersToJudgeAgain.Properties;
    // Lambda tries at once, a minute later, and two minutes after that.
    const tries = [5, 65, 185];
    const cases: readonly ((user: string) => {
      event: Happening['event'];
      who?: string;
      severity: string;
      change: () => Promise<unknown>;
    })[] = [
      (user) => ({
        event: delivered('PutUserPolicy', { requestParameters: { userName: user, policyName: 'all', policyDocument: everything } }),
        severity: 'critical',
        change: () => account.iam.send(new PutUserPolicyCommand({ UserName: user, PolicyName: 'all', PolicyDocument: everything })),
      }),
      (user) => ({
        event: delivered('DeleteUserPolicy', { requestParameters: { userName: user, policyName: `${user}-policy` } }),
        severity: 'high',
        change: () => account.iam.send(new DeleteUserPolicyCommand({ UserName: user, PolicyName: `${user}-policy` })),
      }),
      (user) => ({
        event: delivered('CreateUser', {
          requestParameters: { userName: `${user}-new` },
          responseElements: { user: { userName: `${user}-new`, arn: `arn:aws:iam::${account.account}:user/${user}-new`, path: '/' } },
        }),
        who: `${user}-new`,
        severity: 'medium',
        change: () => account.iam.send(new CreateUserCommand({ UserName: `${user}-new` })),
      }),
    ];
    const endings = await Promise.all(
      cases.map(async (make) => {
        const user = mark();
        await newUser(account, user);
        const { event, who = user, severity, change } = make(user);
        const delivery = deliveryIn(account, await account.newStack());
        let shown = false;
        const showAt = async (seconds: number) => {
          if (!shown && seconds >= settled) await change();
          shown ||= seconds >= settled;
        };
        let [judged, lookAt] = [false, Infinity];
        for (const [index, seconds] of tries.entries()) {
          // A user who waits is looked at again when its message comes, and not before.
          if (lookAt <= seconds) {
            await showAt(lookAt);
            await delivery.lookAgain();
          }
          await showAt(seconds);
          judged = (await delivery.run({ what: 'first look', attempt: index + 1 }, event, () => undefined)) === undefined;
          lookAt = seconds + DelaySeconds;
          if (judged) break;
        }
        await showAt(lookAt);
        await delivery.lookAgain();
        await showAt(settled);
        const alerts = await account.toldOf(event.detail.eventID ?? '');
        const told = alerts.some((alert) => alert.severity === severity);
        const right = await Promise.all([who].map(account.tagsAreRight));
        return { queued: 0, lost: judged && told ? 0 : 1, repeats: repeatsIn(alerts), tagsRight: right.filter(Boolean).length, users: 1 };
      }),
    );
    const row = rowOf('9 reads are two minutes old', endings);
    report(row);
    expect(row.repeats).toBe(0);
  });

  it.each<[string, Fault]>([
    ['its process is killed', 'killed before'],
    ['the bus does not answer', 'error'],
  ])('in which another event moves the tags of a user between two tries of the first, because %s', async (why, fault) => {
    const user = mark();
    await account.iam.send(new CreateUserCommand({ UserName: user }));
    await account.iam.send(new CreateLoginProfileCommand({ UserName: user, Password: 'correct-horse-1' }));
    // Old enough to have been tried before: the second try comes a minute after the first.
    const eventTime = new Date(Date.now() - 70_000).toISOString().replace(/\.\d+Z$/, 'Z');
    const first = delivered('CreateLoginProfile', { requestParameters: { userName: user }, eventTime });
    const delivery = deliveryIn(account, await account.newStack());
    await delivery.run({ what: 'first look', attempt: 1 }, first, ({ operation }) =>
      operation === 'events:PutEvents' ? fault : undefined,
    );
    await account.iam.send(new AttachUserPolicyCommand({ UserName: user, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
    const request = { userName: user, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
    const second = delivered('AttachUserPolicy', { requestParameters: request });
    await delivery.deliver(second);
    await account.aMinutePasses(delivery.stack);
    await delivery.deliver(first);
    await delivery.lookAgain();
    const alerts = await Promise.all([first, second].map(({ detail }) => account.toldOf(detail.eventID ?? '')));
    const named = alerts[0]?.some(({ findings }) => findings.some(({ rule }) => rule === 'console-user-without-mfa'));
    report({
      fault: `9 another event comes between two tries: ${why}`,
      events: 2,
      queued: delivery.failedEvents.length,
      lost: (named ? 0 : 1) + (alerts[1]?.length === 0 ? 1 : 0),
      repeats: repeatsIn(alerts.flat()),
      tagsRight: (await account.tagsAreRight(user)) ? 1 : 0,
      users: 1,
    });
    expect(repeatsIn(alerts.flat())).toBe(0);
  });

  it.each([
    ['ahead', 600],
    ['behind', -600],
  ])('in which the clock of a function is ten minutes %s', async (which, seconds) => {
    const before = await Promise.all(names.map((name) => happen(name)));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 });
    const endings = await Promise.all(before.map((happening) => goThrough(account, happening)));
    const row = rowOf(`9 the clock is ten minutes ${which}`, endings);
    report(row);
    expect([row.repeats, row.queued]).toEqual([0, 0]);
  });

  it('in which a poison record lies in the middle', async () => {
    const events = await Promise.all(Array.from({ length: 6 }, async () => ({ user: mark() })));
    for (const { user } of events) await newUser(account, user);
    const happened = await Promise.all(events.map(async ({ user }) => everythingPut(account, user)));
    const poison = { ...delivered('PutUserPolicy'), detail: { eventID: 'poison', eventName: 'PutUserPolicy', eventSource: 7 } };
    const delivery = deliveryIn(account, await account.newStack());
    for (const event of happened.toSpliced(3, 0, poison as never)) await delivery.deliver(event);
    await delivery.lookAgain();
    expect(delivery.failedEvents).toEqual([poison]);
    const alerts = (await Promise.all(happened.map(({ detail }) => account.toldOf(detail.eventID ?? '')))).flat();
    const right = await Promise.all(events.map(({ user }) => account.tagsAreRight(user)));
    report({
      fault: '9 a poison record among six events',
      events: 7,
      queued: 1,
      lost: happened.filter(({ detail }) => !alerts.some(({ id }) => id === detail.eventID)).length,
      repeats: repeatsIn(alerts),
      tagsRight: right.filter(Boolean).length,
      users: events.length,
    });
    expect(repeatsIn(alerts)).toBe(0);
  });

  it('in which what there is to tell is larger than EventBridge takes', async () => {
    const user = mark();
    await newUser(account, user);
    const Statement = { Sid: 's'.repeat(300_000), Effect: 'Allow', Action: '*', Resource: '*' };
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await everythingPut(account, user);
    const event = delivered('PutUserPolicy', { requestParameters: { userName: user, policyName: 'all', policyDocument } });
    const ending = await goThrough(account, { event, users: [user], severity: 'critical' });
    report(rowOf('9 a detail over the size limit', [ending]));
    expect([ending.repeats, ending.queued]).toEqual([0, 0]);
    expect(ending.alerts[0]?.actions.at(-1)?.detail).toContain('cut to fit the size of an alert');
  });

  it('in which a channel is down for an hour: what it was to tell lies in its queue, and is told from there', async () => {
    const topic = await createTopic(account.proxy.lane().endpoint, 'mail');
    const verdicts = Array.from({ length: 20 }, (_, index) => aVerdict({ id: `verdict-${index}` }));
    const variables = { ALERT_TOPIC_ARN: topic.arn };
    let down = true;
    const tell = async (event: unknown) => {
      const { endpoint } = account.proxy.lane(() => (down ? 'error' : undefined));
      const client = new SNSClient({ ...motoClientConfig(endpoint), maxAttempts: 1 });
      const deliver = () => createMailDelivery(defaultChannels, variables, { client, background });
      await createChannelStack({ channel: 'mail', deliver })(event, aContext());
    };
    const undelivered: unknown[] = [];
    for (const verdict of verdicts) {
      const event = aVerdictEvent(verdict);
      let taken = false;
      // As with every asynchronous event: three tries within minutes, all of them in the hour.
      for (let attempt = 1; attempt <= 3 && !taken; attempt++)
        taken = await tell(event).then(
          () => true,
          () => false,
        );
      if (!taken) undelivered.push(event);
    }
    expect(await topic.heard()).toEqual([]);
    expect(undelivered).toHaveLength(20);
    down = false;
    for (const event of undelivered) await tell(event);
    const mails = (await topic.heard()).map(({ Message }) => Message);
    const heard = verdicts.map(({ id }) => mails.filter((mail) => mail.match(/verdict-\d+/)?.[0] === id).length);
    report({
      fault: '9 a channel is down for an hour',
      events: 20,
      queued: 20,
      lost: heard.filter((times) => times === 0).length,
      repeats: heard.reduce((sum, times) => sum + Math.max(0, times - 1), 0),
      tagsRight: 0,
      users: 0,
    });
    expect(heard).toEqual(verdicts.map(() => 1));
  });
});
