import type { Command } from 'commander';
import type { CommandFrame } from './frame.ts';

/** Adds `trailguard rules`. */
export function addRules(program: Command, { colourOf, done, terminal }: CommandFrame): void {
  program
    .command('rules')
    .description('list the rules, or explain one')
    .argument('[id]', 'the rule to explain')
    .action(async (id: string | undefined, _options: object, command: Command) => {
      const { runRules } = await import('../rules.ts');
      done(await runRules(id, { colour: colourOf(command) }, terminal));
    });
}
