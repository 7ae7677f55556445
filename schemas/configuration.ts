import type { FromSchema } from 'json-schema-to-ts';

/** The one configuration file, `trailguard.config.json`. Everything in it has a default. */
export const configurationSchema = {
  $id: 'configuration',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    tagPrefix: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9_.+=@-]{0,63}$',
      // The group's name is there for whoever reads the error: it says what the value must not be, and why.
      allOf: [{ pattern: '^(?!(?<reservedByAws>[Aa][Ww][Ss])(:|$))' }],
      description: 'What every tag key of the guard begins with, before the colon. Not `aws`, in any case: AWS keeps it for itself.',
    },
    disabledRules: {
      type: 'array',
      items: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
      description: 'Ids of rules that are not to run.',
    },
  },
} as const;

/** The configuration as written: every setting may be left out. */
export type ConfigurationFile = FromSchema<typeof configurationSchema>;

/** The configuration with every default filled in. */
export interface Configuration {
  readonly tagPrefix: string;
  readonly disabledRules: readonly string[];
}

/** What holds where the file is silent. */
export const defaultConfiguration: Configuration = { tagPrefix: 'trailguard', disabledRules: [] };
