import { createHash } from 'node:crypto';
import { type Configuration, defaultConfiguration } from '../../schemas/configuration.ts';

/** The part of a configuration that bears on what a report says. Channels do not, and may hold addresses. */
type Bearing = Pick<Configuration, 'tagPrefix' | 'rules' | 'thresholds' | 'purposeTags' | 'exceptions'>;

/** With which configuration something was made. */
export interface ConfigurationUsed {
  /** Twelve digits that differ where a setting does that bears on the report. */
  readonly hash: string;
  /** Settings that are not as they are by default, by their path in the file: `thresholds.credentialUnusedDays`. Exceptions are counted. */
  readonly changed: readonly { readonly setting: string; readonly value: string }[];
}

/** Names a configuration by a hash, and by what in it differs from the defaults. */
export function configurationUsed({ tagPrefix, rules, thresholds, purposeTags, exceptions }: Configuration): ConfigurationUsed {
  const bearing: Bearing = { tagPrefix, rules, thresholds, purposeTags, exceptions };
  const usual = new Map(settingsOf(defaultConfiguration));
  const changed = settingsOf(bearing).filter(([setting, value]) => usual.get(setting) !== value);
  return {
    hash: createHash('sha256').update(canonical(bearing)).digest('hex').slice(0, 12),
    changed: changed.map(([setting, value]) => ({ setting, value })),
  };
}

function settingsOf({ tagPrefix, rules, thresholds, purposeTags, exceptions }: Bearing): [string, string][] {
  return [
    ['tagPrefix', tagPrefix],
    ...Object.entries(thresholds).map(([key, value]): [string, string] => [`thresholds.${key}`, String(value)]),
    ...Object.entries(rules).flatMap(([id, rule]) =>
      Object.entries(rule).map(([key, value]): [string, string] => [`rules.${id}.${key}`, String(value)]),
    ),
    ['purposeTags', purposeTags.join(', ')],
    ['exceptions', String(exceptions.length)],
  ];
}

/** JSON with sorted keys: the order in which a file is written says nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
