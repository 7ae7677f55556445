import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigurationError, completeConfiguration } from '../guard/complete-configuration.ts';
import { locate } from '../policy/locate.ts';
import { type Configuration, defaultConfiguration } from '../schemas/configuration.ts';
import { SchemaError, validateConfiguration } from '../schemas/validate.ts';
import { visible } from '../schemas/visible-text.ts';
import { readJsonText } from './read-json-file.ts';
import { UsageError } from './usage-error.ts';

/** The name of the file that commands look for. */
const fileName = 'trailguard.config.json';

/** The configuration in a file, or in the nearest `trailguard.config.json` of this folder and those above, with every default filled in. */
export async function readConfiguration(path: string | undefined): Promise<Configuration> {
  const file = path ?? nearest(process.cwd());
  if (file === undefined) return defaultConfiguration;
  const { text, value } = await readJsonText('--config', file);
  try {
    return completeConfiguration(validateConfiguration(value));
  } catch (error) {
    if (!(error instanceof SchemaError || error instanceof ConfigurationError)) throw error;
    throw new UsageError(`--config \`${visible(file)}\`${placeOf(error.message, text)}: ${error.message}`);
  }
}

/** The line of the first place that an error names: its JSON pointer, or the nearest above it that is there. */
function placeOf(message: string, text: string): string {
  const [pointer = ''] = /\/[^\s;,]*/.exec(message) ?? [];
  const find = locate(text);
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = find(at);
    if (place) return `, line ${place.line}`;
  }
  return '';
}

function nearest(folder: string): string | undefined {
  const file = join(folder, fileName);
  if (existsSync(file)) return file;
  const above = dirname(folder);
  return above === folder ? undefined : nearest(above);
}
