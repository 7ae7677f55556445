import { nearRules } from '../analyzers/near-rules.ts';
import { rules } from '../analyzers/registry.ts';
import { type Configuration, type ConfigurationFile, defaultConfiguration } from '../schemas/configuration.ts';
import { visible } from '../schemas/visible-text.ts';
import { completeChannels, faultsOfChannels } from './complete-channels.ts';
import { withoutComments } from './without-comments.ts';

/** A configuration that keeps its schema and still says what cannot be meant. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const longestId = 60;

/** The configuration with every default filled in. Throws a `ConfigurationError` where it speaks of a rule that there is none of, or of a channel that can't be as it is. */
export function completeConfiguration(file: ConfigurationFile): Configuration {
  const { $schema: _, ...settings } = withoutComments(file);
  const named = [
    ...Object.keys(settings.rules ?? {}).map((id) => ({ place: '/rules', id })),
    ...(settings.exceptions ?? []).map(({ rule }, index) => ({ place: `/exceptions/${index}/rule`, id: rule })),
  ];
  const unknown = named.filter(({ id }) => !rules.some((rule) => rule.id === id));
  if (unknown.length > 0)
    throw new ConfigurationError(`configuration: ${unknown.map(unknownWords).join('; ')}; \`trailguard rules\` lists them all`);
  const dateless = (settings.exceptions ?? []).findIndex(({ expires }) => !isDay(expires));
  if (dateless >= 0) throw new ConfigurationError(`configuration: /exceptions/${dateless}/expires is no day of the calendar`);
  const channels = completeChannels(settings.channels ?? {});
  const faults = faultsOfChannels(channels);
  if (faults.length > 0) throw new ConfigurationError(`configuration: ${faults.join('; ')}`);
  return {
    ...defaultConfiguration,
    ...settings,
    thresholds: { ...defaultConfiguration.thresholds, ...withoutComments(settings.thresholds ?? {}) },
    exceptions: (settings.exceptions ?? []).map(withoutComments),
    channels,
  };
}

/** The thirtieth of February keeps the schema's pattern. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function unknownWords({ place, id }: { readonly place: string; readonly id: string }): string {
  const near = nearRules(id).map((known) => `\`${known}\``);
  const shown = visible(id.length > longestId ? `${id.slice(0, longestId)}…` : id);
  return `${place} names \`${shown}\`, which is no rule${near.length === 0 ? '' : ` (near it: ${near.join(', ')})`}`;
}
