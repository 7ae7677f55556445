import { describe, expect, test } from 'vitest';
import { ConfigurationError, completeConfiguration } from '../../guard/complete-configuration.ts';
import { defaultChannels, gathers } from '../../schemas/channels.ts';
import { SchemaError, validateConfiguration } from '../../schemas/validate.ts';

const complete = (channels: unknown) => completeConfiguration(validateConfiguration({ channels })).channels;
const refusal = (channels: unknown) => {
  try {
    complete(channels);
  } catch (error) {
    if (error instanceof ConfigurationError || error instanceof SchemaError) return error.message;
    throw error;
  }
  return 'accepted';
};

const author = { enabled: true, from: 'guard@example.com', domains: ['example.com'] };
const slack = { enabled: true, webhook: 'ssm:/trailguard/slack-webhook' };

describe('channels', () => {
  test('are the default where the file is silent, setting by setting', () => {
    expect(complete({})).toEqual(defaultChannels);
    expect(complete({ mail: { minSeverity: 'critical' }, digest: { minutes: 2 } })).toEqual({
      ...defaultChannels,
      mail: { enabled: true, minSeverity: 'critical' },
      digest: { enabled: true, minutes: 2 },
    });
  });

  test('take what each of them needs, and comments', () => {
    const channels = complete({
      '// why': 'asked for by the platform team',
      slack: { ...slack, '// id': 'see the profile in Slack', mentions: { alice: 'U024BE7LH' } },
      author: { ...author, addresses: { alice: 'alice@Example.com' } },
      securityHub: { enabled: true },
    });
    expect(channels.slack).toEqual({ ...slack, minSeverity: 'high', mentions: { alice: 'U024BE7LH' } });
    expect(channels.author.addresses).toEqual({ alice: 'alice@Example.com' });
  });

  test.each(['ssm:/slack', 'ssm:/trailguard/slack-webhook', 'secretsmanager:slack', 'secretsmanager:trailguard/slack_webhook'])(
    'take a webhook kept in %s',
    (webhook) => expect(complete({ slack: { enabled: true, webhook } }).slack.webhook).toBe(webhook),
  );

  test.each<[string, unknown, string]>([
    [
      'Slack without a webhook',
      { slack: { enabled: true } },
      'configuration: /channels/slack/webhook is missing: say where its URL is kept, as `ssm:/NAME` or `secretsmanager:NAME`',
    ],
    [
      'a webhook in clear, without repeating it',
      { slack: { enabled: true, webhook: 'https://hooks.slack.com/services/T0/B0/secret' } },
      'configuration: /channels/slack/webhook must match `^(ssm:/[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*|secretsmanager:[A-Za-z0-9/_+=.@-]+)$`',
    ],
    [
      'a mention that is no Slack id',
      { slack: { ...slack, mentions: { alice: '@alice' } } },
      'configuration: /channels/slack/mentions/alice must match `^[UW][A-Z0-9]{2,20}$`',
    ],
    [
      'the author without a sender',
      { author: { enabled: true, domains: ['example.com'] } },
      'configuration: /channels/author/from is missing: name the sender, an identity that Amazon SES has verified',
    ],
    [
      'the author without domains',
      { author: { enabled: true, from: 'guard@example.com' } },
      'configuration: /channels/author/domains is missing or empty: name the domains that may be written to',
    ],
    [
      'an address outside of the domains, be it in a subdomain',
      { author: { ...author, addresses: { alice: 'alice@mail.example.com' } } },
      'configuration: /channels/author/addresses/alice is of no domain in /channels/author/domains: add it there',
    ],
    [
      'a severity that there is none of',
      { mail: { minSeverity: 'urgent' } },
      'configuration: /channels/mail/minSeverity must be one of `critical`, `high`, `medium`, `low`',
    ],
    [
      'low and medium ones one by one while they are gathered',
      { mail: { minSeverity: 'low' }, slack: { ...slack, minSeverity: 'medium' } },
      'configuration: /channels/mail/minSeverity is `low`, but low and medium verdicts go out as a digest: set it to `high`, or /channels/digest/enabled to false; ' +
        '/channels/slack/minSeverity is `medium`, but low and medium verdicts go out as a digest: set it to `high`, or /channels/digest/enabled to false',
    ],
    ['a digest longer than Lambda gathers', { digest: { minutes: 6 } }, 'configuration: /channels/digest/minutes must be <= 5'],
    ['a channel that there is none of', { teams: {} }, 'configuration: /channels/teams is not allowed here'],
    ['a switch that is none', { chat: { enabled: 'yes' } }, 'configuration: /channels/chat/enabled must be boolean'],
  ])('are refused with the place and the way out: %s', (_what, channels, message) => {
    expect(refusal(channels)).toBe(message);
  });

  test('may tell low ones one by one where nothing is gathered', () => {
    for (const more of [{ digest: { enabled: false } }, { mail: { enabled: false } }]) {
      const channels = complete({ ...more, chat: { enabled: true, minSeverity: 'low' } });
      expect(gathers(channels)).toBe(false);
      expect(channels.chat.minSeverity).toBe('low');
    }
  });

  test('show hostile names as text', () => {
    expect(refusal({ author: { ...author, addresses: { '\u202e\n': 'a@b.c' } } })).toContain('addresses/<U+202E><U+000A> is of no domain');
  });
});
