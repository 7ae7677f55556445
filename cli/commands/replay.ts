import { type Command, Option } from 'commander';
import type { Threshold } from '../exit-status.ts';
import { failOn } from './fail-on.ts';
import type { CommandFrame } from './frame.ts';

const examples = `
Examples:
  trailguard replay AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/02
  aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventSource,AttributeValue=iam.amazonaws.com | trailguard replay -
  trailguard replay --state account.json --fail-on high trail.json.gz`;

/** Adds `trailguard replay`. */
export function addReplay(program: Command, { colourOf, debugOf, done, terminal }: CommandFrame): void {
  program
    .command('replay')
    .description('judge the IAM changes of CloudTrail logs, one verdict for each')
    .argument('<paths...>', 'log files (plain or gzip), folders of them, or - for standard input')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'jsonl']).default('text'))
    .option('--state <file>', 'begin with this answer of `aws iam get-account-authorization-details`')
    .option('--config <file>', 'configuration file')
    .addOption(failOn('never'))
    .addHelpText('after', examples)
    .action(
      async (
        paths: string[],
        options: { format: 'text' | 'jsonl'; failOn: Threshold; state?: string; config?: string },
        command: Command,
      ) => {
        const { runReplay } = await import('../replay.ts');
        const debug = debugOf(command);
        done(await runReplay(paths, { ...options, colour: colourOf(command), debug }, terminal));
      },
    );
}
