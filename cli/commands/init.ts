import type { Command } from 'commander';
import { examplesHelp } from './examples.ts';
import type { CommandFrame } from './frame.ts';

const examples = examplesHelp([
  ['trailguard init', 'every setting at its default, each explained'],
  ['trailguard init --force', 'write over the one that is there'],
  ['trailguard init config/guard.json', 'elsewhere: give it to the others with --config'],
]);

/** Adds `trailguard init`. */
export function addInit(program: Command, { done, terminal }: CommandFrame): void {
  program
    .command('init')
    .description('write a configuration file to start from')
    .argument('[file]', 'where to', 'trailguard.config.json')
    .option('--force', 'write over a file that is there already')
    .addHelpText('after', examples)
    .action(async (file: string, { force = false }: { force?: boolean }) => {
      const { runInit } = await import('../init.ts');
      done(await runInit(file, { force }, terminal));
    });
}
