import { writeFile } from 'node:fs/promises';
import { configurationSchema, defaultConfiguration } from '../schemas/configuration.ts';
import { visible } from '../schemas/visible-text.ts';
import { faultOf } from '../trails/list-files.ts';
import type { ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The options of `trailguard init`. */
export interface InitOptions {
  /** Whether a file that is there already is written over. */
  readonly force: boolean;
}

/** Writes a configuration file with every setting at its default, each under a comment that says what it means. */
export async function runInit(path: string, { force }: InitOptions, terminal: Terminal): Promise<ExitStatus> {
  try {
    await writeFile(path, `${JSON.stringify(commented(), null, 2)}\n`, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new UsageError(`\`${visible(path)}\`: ${exists ? 'there is such a file already; --force writes over it' : faultOf(error)}`);
  }
  terminal.out(`wrote ${visible(path)}: every setting at its default; delete what you do not change`);
  return 0;
}

function commented(): Record<string, unknown> {
  const settings = Object.entries(configurationSchema.properties).filter(([name]) => name !== '$schema');
  return Object.fromEntries([
    ['$schema', 'https://unpkg.com/trailguard/schemas/configuration.schema.json'],
    ...settings.flatMap(([name, setting]) => [
      [`// ${name}`, 'description' in setting ? setting.description : ''],
      [name, defaultConfiguration[name as keyof typeof defaultConfiguration]],
    ]),
  ]);
}
