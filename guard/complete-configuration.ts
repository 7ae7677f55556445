import { nearRules } from '../analyzers/near-rules.ts';
import { rules } from '../analyzers/registry.ts';
import { type Configuration, type ConfigurationFile, defaultConfiguration } from '../schemas/configuration.ts';
import { visible } from './visible-text.ts';

/** A configuration that keeps its schema and still says what cannot be meant. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const longestId = 60;

/** The configuration with every default filled in. Throws a `ConfigurationError` where it speaks of a rule that there is none of. */
export function completeConfiguration(file: ConfigurationFile): Configuration {
  const { $schema: _, ...settings } = file;
  const unknown = Object.keys(settings.rules ?? {}).filter((id) => !rules.some((rule) => rule.id === id));
  if (unknown.length > 0)
    throw new ConfigurationError(`configuration: ${unknown.map(unknownWords).join('; ')}; \`trailguard rules\` lists them all`);
  return { ...defaultConfiguration, ...settings, thresholds: { ...defaultConfiguration.thresholds, ...settings.thresholds } };
}

function unknownWords(id: string): string {
  const near = nearRules(id).map((known) => `\`${known}\``);
  const shown = visible(id.length > longestId ? `${id.slice(0, longestId)}…` : id);
  return `/rules names \`${shown}\`, which is no rule${near.length === 0 ? '' : ` (near it: ${near.join(', ')})`}`;
}
