import { eventsOf, handlerNames } from '../../events/catalog.ts';
import type { Channels } from '../../schemas/channels.ts';
import type { DoctorContext } from './context.ts';

/** A rule that the stack has, as far as it must be so for the guard to work. */
export interface ExpectedRule {
  /** The rule's name, and its function's where it has one. */
  readonly name: string;
  /** The bus that it listens on; undefined is the account's default bus. */
  readonly bus?: string;
  /** What its pattern asks for; undefined for a schedule. */
  readonly pattern?: { readonly source: string; readonly detailTypes: readonly string[]; readonly events?: readonly string[] };
  readonly target: { readonly id: string; readonly service: 'lambda' | 'sns' | 'sqs'; readonly resource: string };
  /** The logical id of its dead-letter queue. */
  readonly deadLetters: string;
  /** The least that EventBridge tries before the queue takes the event. */
  readonly retry: { readonly MaximumEventAgeInSeconds: number; readonly MaximumRetryAttempts: number };
}

/** A channel that the stack has a function for. */
export interface ExpectedChannel {
  /** As in the names of its function and rule: `security-hub`. */
  readonly name: string;
  /** What its resources begin with in the stack: `SecurityHubChannel`. */
  readonly logicalId: string;
  readonly setting: keyof Channels;
  readonly on: boolean;
}

const patiently = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 };
const verdict = 'IAM Policy Verdict';
const summary = 'IAM Sweep Summary';
const apiCall = 'AWS API Call via CloudTrail';

/** Every channel, with whether the configuration has it on. */
export function channelsOf({ channels }: DoctorContext['configuration']): ExpectedChannel[] {
  const { mail, chat, slack, author, securityHub, digest } = channels;
  return [
    { name: 'mail', logicalId: 'MailChannel', setting: 'mail', on: mail.enabled },
    { name: 'chat', logicalId: 'ChatChannel', setting: 'chat', on: chat.enabled },
    { name: 'slack', logicalId: 'SlackChannel', setting: 'slack', on: slack.enabled },
    { name: 'author', logicalId: 'AuthorChannel', setting: 'author', on: author.enabled },
    { name: 'security-hub', logicalId: 'SecurityHubChannel', setting: 'securityHub', on: securityHub.enabled },
    // It goes out by mail.
    { name: 'digest', logicalId: 'DigestChannel', setting: 'digest', on: digest.enabled && mail.enabled },
  ];
}

/** The rule that starts the daily sweep. */
export function sweepRule({ stackName }: DoctorContext): ExpectedRule {
  return {
    name: `${stackName}-sweep`,
    target: { id: 'sweep', service: 'lambda', resource: `function:${stackName}-sweep` },
    deadLetters: 'UndeliveredEvents',
    retry: { MaximumEventAgeInSeconds: 43_200, MaximumRetryAttempts: 100 },
  };
}

/** The rules that a change and its verdict pass through, by the configuration. */
export function rulesOf({ stackName, configuration }: DoctorContext): ExpectedRule[] {
  const toFunction = (id: string) => ({ id, service: 'lambda', resource: `function:${stackName}-${id}` }) as const;
  const judging = handlerNames.map(
    (name): ExpectedRule => ({
      name: `${stackName}-${name}`,
      pattern: { source: 'aws.iam', detailTypes: [apiCall], events: eventsOf(name) },
      target: toFunction(name),
      deadLetters: 'UndeliveredEvents',
      retry: patiently,
    }),
  );
  const severe: ExpectedRule = {
    name: `${stackName}-severe-sweeps`,
    bus: stackName,
    pattern: { source: 'trailguard', detailTypes: [summary] },
    target: { id: 'alert-topic', service: 'sns', resource: `${stackName}-alerts` },
    deadLetters: 'UndeliveredAlerts',
    retry: patiently,
  };
  const telling = channelsOf(configuration)
    .filter(({ on }) => on)
    .map(({ name, logicalId }): ExpectedRule => {
      const id = `${name}-channel`;
      return {
        name: `${stackName}-${id}`,
        bus: stackName,
        pattern: { source: 'trailguard', detailTypes: name === 'security-hub' ? [verdict, summary] : [verdict] },
        target: name === 'digest' ? { id, service: 'sqs', resource: `${stackName}-verdicts-to-digest` } : toFunction(id),
        deadLetters: `${logicalId}Undelivered`,
        retry: patiently,
      };
    });
  const cleared: ExpectedRule = {
    name: `${stackName}-security-hub-channel-cleared`,
    pattern: {
      source: 'aws.iam',
      detailTypes: [apiCall],
      events: ['TagUser', 'TagPolicy', 'DeleteUser', 'DeleteGroup', 'DeleteRole', 'DeletePolicy'],
    },
    target: toFunction('security-hub-channel'),
    deadLetters: 'SecurityHubChannelUndelivered',
    retry: patiently,
  };
  return [...judging, severe, ...telling, ...(configuration.channels.securityHub.enabled ? [cleared] : [])];
}

/** The functions that judge, as in their names; all but `judge-user` are invoked without waiting for an answer. */
export const judgingFunctions = [...handlerNames, 'judge-user', 'sweep'] as const;

/** The names of all functions that the stack has by the configuration, without the stack's own. */
export function functionsOf({ configuration }: DoctorContext): string[] {
  const telling = channelsOf(configuration).filter(({ on }) => on);
  return [...judgingFunctions, ...telling.map(({ name }) => `${name}-channel`)];
}

/** The ARN of a rule. */
export function ruleArn(context: DoctorContext, { name, bus }: Pick<ExpectedRule, 'name' | 'bus'>): Promise<string> {
  return context.arn('events', bus === undefined ? `rule/${name}` : `rule/${bus}/${name}`);
}

/** The words of a command of `aws events` that name a rule's bus. */
export function busWords({ bus }: Pick<ExpectedRule, 'bus'>): string[] {
  return bus === undefined ? [] : ['--event-bus-name', bus];
}
