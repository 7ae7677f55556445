import type { FromSchema } from 'json-schema-to-ts';
import { type Channels, channelsSchema, defaultChannels } from './channels.ts';
import { type Severity, severities } from './severity.ts';

/** JSON knows no comments: a key that begins with `//` is one. */
const comments = { '^//': { type: 'string' } } as const;

/** The one configuration file, `trailguard.config.json`. Everything in it has a default. */
export const configurationSchema = {
  $id: 'configuration',
  type: 'object',
  additionalProperties: false,
  patternProperties: comments,
  properties: {
    $schema: { type: 'string' },
    tagPrefix: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9_.+=@-]{0,63}$',
      // The group's name is there for whoever reads the error: it says what the value must not be, and why.
      allOf: [{ pattern: '^(?!(?<reservedByAws>[Aa][Ww][Ss])(:|$))' }],
      description: 'What every tag key of the guard begins with, before the colon. Not `aws`, in any case: AWS keeps it for itself.',
    },
    rules: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: {
          enabled: { type: 'boolean', description: 'Whether the rule runs. Some rules do so only where this is true.' },
          severity: {
            enum: severities,
            description: 'The severity of the rule. What it finds that is worse or milder than usual moves by as many steps.',
          },
        },
      },
      description: 'Settings of single rules, by rule id.',
    },
    thresholds: {
      type: 'object',
      additionalProperties: false,
      patternProperties: comments,
      properties: {
        accessKeyMaxAgeDays: {
          type: 'integer',
          minimum: 1,
          description: 'Days after which an active access key should have been replaced.',
        },
        credentialUnusedDays: {
          type: 'integer',
          minimum: 1,
          description:
            'Days after which an unused password or access key should go. At 45 or less Security Hub IAM.22 and CIS 1.12 are cited too; above 90, no control is.',
        },
        userSetupSeconds: {
          type: 'integer',
          minimum: 1,
          description: "Seconds after a user's creation within which an access key counts as made at set-up.",
        },
      },
      description: 'From when on rules about credentials speak.',
    },
    purposeTags: {
      type: 'array',
      items: { type: 'string', pattern: '^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}$' },
      description: 'Tag keys, in any case, that a user with access keys should have, to say what the keys are for.',
    },
    exceptions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['rule', 'subject', 'owner', 'reason', 'ticket', 'expires'],
        patternProperties: comments,
        additionalProperties: false,
        properties: {
          rule: { type: 'string', pattern: '^[a-z][a-z0-9-]*$', description: 'The rule that the subject may break.' },
          subject: {
            type: 'string',
            pattern: '^(user|group|role|policy|account)/.+$',
            description: 'Who may: its type and name, with `*` and `?` as wildcards: `user/break-glass`, `role/deploy-*`.',
          },
          policy: {
            type: 'string',
            pattern: '^.+$',
            description: 'Only where this policy alone is to blame: its name, with `*` and `?` as wildcards.',
          },
          owner: { type: 'string', pattern: '^.+$', description: 'Who answers for it.' },
          reason: { type: 'string', pattern: '^.+$', description: 'Why it is allowed.' },
          ticket: { type: 'string', pattern: '^.+$', description: 'Where it was decided.' },
          expires: {
            type: 'string',
            pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
            description: 'The last day (UTC) on which it holds, as `2027-03-31`.',
          },
        },
      },
      description: 'Findings that somebody answers for, until a day.',
    },
    channels: channelsSchema,
  },
} as const;

/** The configuration as written: every setting may be left out. */
export type ConfigurationFile = FromSchema<typeof configurationSchema>;

/** What the configuration says of one rule; what it leaves out is as the rule has it. */
export interface RuleConfiguration {
  readonly enabled?: boolean;
  readonly severity?: Severity;
}

/** A finding that somebody answers for, until a day. */
export type Exception = NonNullable<ConfigurationFile['exceptions']>[number];

/** The configuration with every default filled in. */
export interface Configuration {
  readonly tagPrefix: string;
  /** By rule id. */
  readonly rules: Readonly<Record<string, RuleConfiguration>>;
  readonly thresholds: {
    readonly accessKeyMaxAgeDays: number;
    readonly credentialUnusedDays: number;
    readonly userSetupSeconds: number;
  };
  /** Tag keys; user tag keys have no case. */
  readonly purposeTags: readonly string[];
  readonly exceptions: readonly Exception[];
  readonly channels: Channels;
}

/** What holds where the file is silent. */
export const defaultConfiguration: Configuration = {
  tagPrefix: 'trailguard',
  rules: {},
  thresholds: { accessKeyMaxAgeDays: 90, credentialUnusedDays: 90, userSetupSeconds: 60 },
  purposeTags: ['purpose'],
  exceptions: [],
  channels: defaultChannels,
};
