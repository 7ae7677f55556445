import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeConfiguration } from '../../guard/complete-configuration.ts';
import { configurationSchema, defaultConfiguration } from '../../schemas/configuration.ts';
import { validateConfiguration } from '../../schemas/validate.ts';
import { trailguard } from './run-command.ts';
import { useScratch } from './scratch.ts';

const scratch = useScratch();

describe('trailguard init', () => {
  it('writes every setting at its default, each explained, in a file that is taken as it is', async () => {
    const path = join(scratch.folder, 'fresh.json');
    expect(await trailguard(['init', path])).toMatchObject({ status: 0 });
    const written = JSON.parse(await readFile(path, 'utf8'));
    expect(completeConfiguration(validateConfiguration(written))).toEqual(defaultConfiguration);
    for (const name of Object.keys(configurationSchema.properties).filter((key) => key !== '$schema')) {
      expect(written[`// ${name}`]).toMatch(/\w+ .*\.$/);
    }
  });

  it('writes over no file unless it is told to', async () => {
    const path = await scratch.file('kept.json', { tagPrefix: 'mine' });
    const refused = await trailguard(['init', path]);
    expect(refused.status).toBe(2);
    expect(refused.err).toContain('there is such a file already; --force writes over it');
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ tagPrefix: 'mine' });
    expect(await trailguard(['init', '--force', path])).toMatchObject({ status: 0 });
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ tagPrefix: 'trailguard' });
  });
});
