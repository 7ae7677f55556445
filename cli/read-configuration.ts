import { ConfigurationError, completeConfiguration } from '../guard/complete-configuration.ts';
import { visible } from '../guard/visible-text.ts';
import { type Configuration, defaultConfiguration } from '../schemas/configuration.ts';
import { SchemaError, validateConfiguration } from '../schemas/validate.ts';
import { readJsonFile } from './read-json-file.ts';
import { UsageError } from './usage-error.ts';

/** The configuration in a file with every default filled in, or the defaults where no file is named. */
export async function readConfiguration(path: string | undefined): Promise<Configuration> {
  if (path === undefined) return defaultConfiguration;
  const value = await readJsonFile('--config', path);
  try {
    return completeConfiguration(validateConfiguration(value));
  } catch (error) {
    if (!(error instanceof SchemaError || error instanceof ConfigurationError)) throw error;
    throw new UsageError(`--config \`${visible(path)}\`: ${error.message}`);
  }
}
