import { type Command, Option } from 'commander';
import type { Threshold } from '../exit-status.ts';
import { examplesHelp } from './examples.ts';
import { failOn } from './fail-on.ts';
import type { CommandFrame } from './frame.ts';

const examples = examplesHelp(
  [
    ['trailguard sweep', 'what the users of the account are, and what their tags should say'],
    ['trailguard sweep --format json | jq .counts', 'the same in numbers'],
    ['trailguard sweep --apply', 'write the tags (where the guard is deployed, run its function instead)'],
  ],
  `Credentials come from where every AWS tool takes them: AWS_PROFILE,
AWS_ACCESS_KEY_ID, aws sso login. What they must allow is in docs/sweep.md.`,
);

/** Adds `trailguard sweep`. */
export function addSweep(program: Command, { colourOf, done, terminal }: CommandFrame): void {
  program
    .command('sweep')
    .description('judge all users of the live account, and correct their tags')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .option('--apply', 'write the tags that are not as they should be')
    .option('--region <region>', 'AWS Region to ask in: IAM is the same in all Regions of a partition')
    .option('--config <file>', 'configuration file')
    .addOption(failOn('never'))
    .addHelpText('after', examples)
    .action(
      async (
        options: { format: 'text' | 'json'; apply?: boolean; failOn: Threshold; region?: string; config?: string },
        command: Command,
      ) => {
        const { runSweep } = await import('../sweep.ts');
        done(await runSweep({ ...options, apply: options.apply === true, colour: colourOf(command) }, terminal));
      },
    );
}
