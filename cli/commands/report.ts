import { type Command, Option } from 'commander';
import { examplesHelp } from './examples.ts';
import { failOn } from './fail-on.ts';
import type { CommandFrame } from './frame.ts';

const examples = examplesHelp(
  [
    ['trailguard report', 'who is flagged now, worst last'],
    ['trailguard report --format html --output report.html', 'a page to read, print and file'],
    ['trailguard report --since 2026-01-01 --until 2026-03-31', 'who was flagged at some time of a quarter'],
    ['aws iam get-account-authorization-details > account.json'],
    ['trailguard report --from account.json --format csv', 'from a saved file, without credentials'],
  ],
  `Credentials come from where every AWS tool takes them: AWS_PROFILE,
AWS_ACCESS_KEY_ID, aws sso login. Nothing is written to the account.`,
);

/** Adds `trailguard report`. */
export function addReport(program: Command, { colourOf, done, terminal }: CommandFrame): void {
  program
    .command('report')
    .description('say who is flagged, since when, by which control, and what is excepted')
    .addOption(new Option('--format <format>', 'how to write it').choices(['text', 'json', 'csv', 'html']).default('text'))
    .option('--output <file>', 'where to write it, in place of standard output')
    .option('--since <day>', 'only users flagged at some time from this day or moment on (UTC), or of so long: 90d')
    .option('--until <day>', 'only users flagged at some time up to this day, or before this moment (UTC)')
    .option('--from <file>', 'saved output of `aws iam get-account-authorization-details`, in place of the account')
    .option('--region <region>', 'AWS Region to ask in: IAM is the same in all Regions of a partition')
    .option('--config <file>', 'configuration file')
    .addOption(failOn('never'))
    .addHelpText('after', examples)
    .action(async (options: Omit<import('../report/run-report.ts').ReportOptions, 'colour'>, command: Command) => {
      const { runReport } = await import('../report/run-report.ts');
      done(await runReport({ ...options, colour: colourOf(command) }, terminal));
    });
}
