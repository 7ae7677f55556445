import type { Command } from 'commander';
import { examplesHelp } from './examples.ts';
import type { CommandFrame } from './frame.ts';

const examples = examplesHelp([
  ['trailguard rules', 'every rule: its id, its severity, what it flags'],
  ['trailguard rules admin-access', 'why it matters, what to do, which controls it serves'],
]);

/** Adds `trailguard rules`. */
export function addRules(program: Command, { colourOf, done, terminal }: CommandFrame): void {
  program
    .command('rules')
    .description('list the rules, or explain one')
    .argument('[id]', 'the rule to explain')
    .addHelpText('after', examples)
    .action(async (id: string | undefined, _options: object, command: Command) => {
      const { runRules } = await import('../rules.ts');
      done(await runRules(id, { colour: colourOf(command) }, terminal));
    });
}
