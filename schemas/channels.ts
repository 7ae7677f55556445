import type { FromSchema } from 'json-schema-to-ts';
import { type Severity, severities } from './severity.ts';

/** JSON knows no comments: a key that begins with `//` is one. */
const comments = { '^//': { type: 'string' } } as const;

const enabled = { type: 'boolean', description: 'Whether the channel is deployed and told.' } as const;
const minSeverity = {
  enum: severities,
  description: 'From which severity on it is told, one verdict a message. What could not be judged is always told.',
} as const;
const address = '^[A-Za-z0-9_+=-]+([.][A-Za-z0-9_+=-]+)*@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$';

/** The ways on which verdicts go from the guard's bus to people. */
export const channelsSchema = {
  type: 'object',
  additionalProperties: false,
  patternProperties: comments,
  properties: {
    mail: {
      type: 'object',
      additionalProperties: false,
      patternProperties: comments,
      properties: { enabled, minSeverity },
      description: 'E-mail, by the topic of the alerts.',
    },
    chat: {
      type: 'object',
      additionalProperties: false,
      patternProperties: comments,
      properties: { enabled, minSeverity },
      description: 'Slack or Microsoft Teams, by Amazon Q Developer in chat applications and a topic of its own.',
    },
    slack: {
      type: 'object',
      additionalProperties: false,
      patternProperties: comments,
      properties: {
        enabled,
        minSeverity,
        webhook: {
          type: 'string',
          pattern: '^(ssm:/[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*|secretsmanager:[A-Za-z0-9/_+=.@-]+)$',
          description:
            "Where the incoming webhook's URL is kept: `ssm:/NAME` in a SecureString of Parameter Store, `secretsmanager:NAME` in Secrets Manager. Never the URL itself. Required where Slack is enabled.",
        },
        mentions: {
          type: 'object',
          additionalProperties: {
            type: 'string',
            pattern: '^[UW][A-Z0-9]{2,20}$',
            description: 'The Slack id of the person behind an IAM user, or behind a user name of IAM Identity Center.',
          },
          description: 'Whom Slack mentions, by the name of whoever made the change.',
        },
      },
      description: 'Slack, by an incoming webhook.',
    },
    author: {
      type: 'object',
      additionalProperties: false,
      patternProperties: comments,
      properties: {
        enabled,
        minSeverity: { enum: severities, description: 'From which severity on an author is written to.' },
        from: {
          type: 'string',
          pattern: address,
          description: 'The sender, an identity that Amazon SES has verified. Required where the channel is enabled.',
        },
        domains: {
          type: 'array',
          items: { type: 'string', pattern: '^[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$' },
          description:
            'The only domains that are written to, each exactly: a subdomain is another one. Required where the channel is enabled.',
        },
        addresses: {
          type: 'object',
          additionalProperties: { type: 'string', pattern: address, description: 'The e-mail address of the person behind an IAM user.' },
          description: 'E-mail addresses by IAM user name. People of IAM Identity Center need none: their user name is one.',
        },
      },
      description: 'E-mail to whoever wrote a policy, by Amazon SES.',
    },
    securityHub: {
      type: 'object',
      additionalProperties: false,
      patternProperties: comments,
      properties: { enabled },
      description: 'AWS Security Hub.',
    },
    digest: {
      type: 'object',
      additionalProperties: false,
      patternProperties: comments,
      properties: {
        enabled: {
          type: 'boolean',
          description: 'Whether low and medium verdicts of one actor come together in one mail. It needs the mail channel.',
        },
        minutes: { type: 'integer', minimum: 1, maximum: 5, description: 'How long they are gathered.' },
      },
      description: 'What need not be read at once.',
    },
  },
  description: 'How verdicts reach people.',
} as const;

/** The channels as written in the configuration file. */
export type ChannelsFile = FromSchema<typeof channelsSchema>;

/** A channel that is told verdicts one by one. */
export interface Channel {
  readonly enabled: boolean;
  readonly minSeverity: Severity;
}

/** How verdicts reach people, with every default filled in. */
export interface Channels {
  readonly mail: Channel;
  readonly chat: Channel;
  readonly slack: Channel & {
    /** Where the webhook's URL is kept; there where the channel is enabled. */
    readonly webhook?: string;
    /** Slack ids by name. */
    readonly mentions: Readonly<Record<string, string>>;
  };
  readonly author: Channel & {
    /** There where the channel is enabled. */
    readonly from?: string;
    readonly domains: readonly string[];
    /** E-mail addresses by IAM user name. */
    readonly addresses: Readonly<Record<string, string>>;
  };
  readonly securityHub: { readonly enabled: boolean };
  readonly digest: { readonly enabled: boolean; readonly minutes: number };
}

/** What holds where the file is silent. */
export const defaultChannels: Channels = {
  mail: { enabled: true, minSeverity: 'high' },
  chat: { enabled: false, minSeverity: 'high' },
  slack: { enabled: false, minSeverity: 'high', mentions: {} },
  author: { enabled: false, minSeverity: 'high', domains: [], addresses: {} },
  securityHub: { enabled: false },
  digest: { enabled: true, minutes: 5 },
};

/** True where low and medium verdicts are gathered: by mail, so not without it. */
export const gathers = ({ mail, digest }: Pick<Channels, 'mail' | 'digest'>): boolean => mail.enabled && digest.enabled;
