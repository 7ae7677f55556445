import type { Command } from 'commander';
import type { CommandFrame } from './frame.ts';

/** Adds `trailguard init`. */
export function addInit(program: Command, { done, terminal }: CommandFrame): void {
  program
    .command('init')
    .description('write a configuration file to start from')
    .argument('[file]', 'where to', 'trailguard.config.json')
    .option('--force', 'write over a file that is there already', false)
    .action(async (file: string, options: { force: boolean }) => {
      const { runInit } = await import('../init.ts');
      done(await runInit(file, options, terminal));
    });
}
