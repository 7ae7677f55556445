import { type Command, InvalidArgumentError, Option } from 'commander';
import { severities } from '../../schemas/severity.ts';
import { examplesHelp } from './examples.ts';
import { failOn } from './fail-on.ts';
import type { CommandFrame } from './frame.ts';

const examples = examplesHelp(
  [
    ['trailguard replay AWSLogs/111122223333/CloudTrail/', 'what the guard would have said of a trail'],
    ['trailguard replay --since 90d --min-severity high logs/', 'the worst of the last 90 days'],
    ['trailguard replay --state account.json --fail-on high trail.json.gz', 'begin with what users hold already'],
    ['trailguard replay --format jsonl logs/ | jq .summary', 'one verdict a line'],
    ['trailguard replay --format html logs/ > replay.html', 'the summary as one page'],
    ['trailguard replay s3://acme-trail/AWSLogs/', "straight from a trail's bucket"],
    ['trailguard replay --lookup', 'the last 90 days, without any trail'],
  ],
  `Ctrl-C ends the reading, and judges what was read; once more, it ends at once.
How it works, and what it can't tell, is in docs/replay.md.`,
);

/** Adds `trailguard replay`. */
export function addReplay(program: Command, { colourOf, debugOf, done, terminal }: CommandFrame): void {
  program
    .command('replay')
    .description('judge the IAM changes of CloudTrail logs, one verdict for each')
    .argument('[paths...]', 'log files (plain or gzip), folders of them, s3://bucket/prefix, or - for standard input')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'jsonl', 'html']).default('text'))
    .option('--state <file>', 'begin with this answer of `aws iam get-account-authorization-details`')
    .option('--since <time>', 'only verdicts from this day or moment on (UTC), or of so long: 90d, 12h')
    .option('--until <time>', 'only verdicts up to this day, or before this moment (UTC)')
    .option('--account <id>', 'only verdicts of this account (may be repeated)', repeated)
    .option('--event <name>', 'only verdicts of this event (may be repeated)', repeated)
    .addOption(new Option('--min-severity <severity>', 'only verdicts this severe or worse').choices(severities))
    .option('--workers <count>', 'threads that read; one a processor where not given', count)
    .option('--lookup', "ask CloudTrail's event history, which needs no trail")
    .option('--cache <folder>', 'keep what is fetched from S3 here, and fetch nothing that is there')
    .option('--region <region>', 'AWS Region to ask in')
    .option('--config <file>', 'configuration file')
    .addOption(failOn('never'))
    .addHelpText('after', examples)
    .action(
      async (paths: string[], options: Omit<import('../replay/replay-options.ts').ReplayOptions, 'colour' | 'debug'>, command: Command) => {
        const { runReplay } = await import('../replay.ts');
        done(await runReplay(paths, { ...options, colour: colourOf(command), debug: debugOf(command) }, terminal));
      },
    );
}

function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function count(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('expected a number from 1 to 999');
  return Number(text);
}
