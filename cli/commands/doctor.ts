import { type Command, Option } from 'commander';
import { examplesHelp } from './examples.ts';
import type { CommandFrame } from './frame.ts';

const examples = examplesHelp(
  [
    ['trailguard doctor', 'what is wrong with the deployed guard, and the commands that mend it'],
    ['trailguard doctor --stage prod --region us-east-1', 'of another stage, in another Region'],
    [`trailguard doctor --format json | jq '.checks[] | select(.state == "wrong")'`, 'only what is wrong'],
    ['trailguard doctor --canary', 'also send a record through the guard, and wait for its verdict'],
  ],
  `Exit status: 0 all that was looked at is ok, 1 something is wrong, 2 something
could not be looked at. Without --canary it writes nothing.
Credentials come from where every AWS tool takes them; docs/doctor.md has the
policy that it needs.`,
);

/** Adds `trailguard doctor`. */
export function addDoctor(program: Command, { colourOf, done, terminal }: CommandFrame): void {
  program
    .command('doctor')
    .description('look whether the deployed guard sees, judges and tells, and say what mends it')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .option('--stage <stage>', 'the stage that was deployed', 'dev')
    .option('--region <region>', 'AWS Region of the guard (by default that of the environment)')
    .option('--canary', 'send a record through the guard, and wait for its verdict on the bus', false)
    .option('--config <file>', 'configuration file')
    .addHelpText('after', examples)
    .action(
      async (options: { format: 'text' | 'json'; stage: string; canary: boolean; region?: string; config?: string }, command: Command) => {
        const { runDoctor } = await import('../doctor.ts');
        done(await runDoctor({ ...options, colour: colourOf(command) }, terminal));
      },
    );
}
