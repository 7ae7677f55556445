import { Command, Option } from 'commander';
import { addOutput, formats } from './check/output.ts';
import type { CheckOptions } from './check.ts';
import { type ExitStatus, type Threshold, thresholds } from './exit-status.ts';
import { installedVersion } from './installed.ts';
import type { Terminal } from './terminal.ts';

const examples = `
Examples:
  trailguard replay examples/                    judge a trail, as a table
  trailguard replay --format jsonl logs/ | jq .  one verdict a line
  trailguard check policy.json                   ask before creating a policy
  trailguard rules admin-access                  what a rule means

Exit status: 0 nothing at or above --fail-on, 1 something, 2 bad usage or an input that could not be judged.`;

const replayExamples = `
Examples:
  trailguard replay AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/02
  aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventSource,AttributeValue=iam.amazonaws.com | trailguard replay -
  trailguard replay --state account.json --fail-on high trail.json.gz`;

const checkExamples = `
Examples:
  trailguard check policy.json
  trailguard check template.yaml policies/              templates of CloudFormation and SAM, folders
  terraform show -json plan.out | trailguard check -
  trailguard check --format json policies/ | jq '.documents[].findings[].rule'
  trailguard check --format sarif:out.sarif --format github policies/
  trailguard check --baseline known.json --update-baseline policies/    record today's findings ...
  trailguard check --baseline known.json policies/                      ... and fail for new ones only`;

const sweepExamples = `
Examples:
  trailguard sweep                       what the users of the account are, and what their tags should say
  trailguard sweep --format json | jq .
  trailguard sweep --apply               write the tags (where the guard is deployed, run its function instead: see docs/sweep.md)

Credentials come from where every AWS tool takes them: AWS_PROFILE, AWS_ACCESS_KEY_ID, aws sso login.`;

interface Shared {
  readonly color?: boolean;
  readonly debug?: boolean;
}

/** The command line: its subcommands, each loaded when it is called. `done` is told the exit status. */
export function createProgram(terminal: Terminal, done: (status: ExitStatus) => void): Command {
  const program = new Command('trailguard')
    .description('A guard for AWS IAM users: judges changes in CloudTrail, and policies before they are created.')
    .version(installedVersion())
    .option('--color', 'colour the output, also where it is not a terminal')
    .option('--no-color', 'do not colour the output')
    .option('--debug', 'show where in the program an error arose')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: (text) => terminal.err(text.trimEnd()) })
    .addHelpText('after', examples);

  const colour = (command: Command) => command.optsWithGlobals<Shared>().color ?? terminal.colour;

  program
    .command('replay')
    .description('judge the IAM changes of CloudTrail logs, one verdict for each')
    .argument('<paths...>', 'log files (plain or gzip), folders of them, or - for standard input')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'jsonl']).default('text'))
    .option('--state <file>', 'begin with this answer of `aws iam get-account-authorization-details`')
    .option('--config <file>', 'configuration file')
    .addOption(failOn('never'))
    .addHelpText('after', replayExamples)
    .action(
      async (
        paths: string[],
        options: { format: 'text' | 'jsonl'; failOn: Threshold; state?: string; config?: string },
        command: Command,
      ) => {
        const { runReplay } = await import('./replay.ts');
        const debug = command.optsWithGlobals<Shared>().debug ?? false;
        done(await runReplay(paths, { ...options, colour: colour(command), debug }, terminal));
      },
    );

  program
    .command('check')
    .description('judge policies before they are created')
    .argument(
      '<files...>',
      'policy documents, CloudFormation or SAM templates (JSON or YAML), Terraform plans as JSON, folders, or - for standard input',
    )
    .addOption(
      new Option('--format <format[:file]>', `how to print (${formats.join(', ')}), or what to write to a file; may be repeated`)
        .argParser(addOutput)
        .default(undefined, 'text'),
    )
    .option('--baseline <file>', 'pass over the findings that this file records')
    .option('--update-baseline', 'write the findings of this run to the baseline instead')
    .option('--ignore-unknown', 'pass over named files that hold no policy')
    .option('--quiet', 'print the findings alone')
    .option('--config <file>', 'configuration file')
    .addOption(failOn('low'))
    .addHelpText('after', checkExamples)
    .action(async (files: string[], options: Partial<CheckOptions> & { failOn: Threshold }, command: Command) => {
      const { runCheck } = await import('./check.ts');
      done(await runCheck(files, { ...options, format: options.format ?? [{ format: 'text' }], colour: colour(command) }, terminal));
    });

  program
    .command('sweep')
    .description('judge all users of the live account, and correct their tags')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .option('--apply', 'write the tags that are not as they should be', false)
    .option('--region <region>', 'AWS Region to ask in: IAM is the same in all Regions of a partition')
    .option('--config <file>', 'configuration file')
    .addOption(failOn('never'))
    .addHelpText('after', sweepExamples)
    .action(
      async (
        options: { format: 'text' | 'json'; apply: boolean; failOn: Threshold; region?: string; config?: string },
        command: Command,
      ) => {
        const { runSweep } = await import('./sweep.ts');
        done(await runSweep({ ...options, colour: colour(command) }, terminal));
      },
    );

  program
    .command('rules')
    .description('list the rules, or explain one')
    .argument('[id]', 'the rule to explain')
    .action(async (id: string | undefined, _options: object, command: Command) => {
      const { runRules } = await import('./rules.ts');
      done(await runRules(id, { colour: colour(command) }, terminal));
    });

  program
    .command('init')
    .description('write a configuration file to start from')
    .argument('[file]', 'where to', 'trailguard.config.json')
    .option('--force', 'write over a file that is there already', false)
    .action(async (file: string, options: { force: boolean }) => {
      const { runInit } = await import('./init.ts');
      done(await runInit(file, options, terminal));
    });

  return program;
}

function failOn(otherwise: Threshold): Option {
  return new Option('--fail-on <severity>', 'exit with 1 where something is this severe or worse').choices(thresholds).default(otherwise);
}
