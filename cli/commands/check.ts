import { type Command, Option } from 'commander';
import { addOutput, formats } from '../check/output.ts';
import type { CheckOptions } from '../check.ts';
import type { Threshold } from '../exit-status.ts';
import { examplesHelp } from './examples.ts';
import { failOn } from './fail-on.ts';
import type { CommandFrame } from './frame.ts';

const examples = examplesHelp([
  ['trailguard check policy.json'],
  ['trailguard check template.yaml policies/', 'templates of CloudFormation and SAM; folders'],
  ['terraform show -json plan.out | trailguard check -', 'a plan of Terraform, on standard input'],
  ["trailguard check --format json policies/ | jq '.documents[].findings[].rule'", 'for a program to read'],
  ['trailguard check --format sarif:out.sarif --format github policies/', 'for GitHub: a file to upload, and annotations'],
  ['trailguard check --baseline known.json --update-baseline policies/', "record today's findings ..."],
  ['trailguard check --baseline known.json policies/', '... and fail for new ones only'],
]);

/** Adds `trailguard check`. */
export function addCheck(program: Command, { colourOf, done, terminal }: CommandFrame): void {
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
    .addHelpText('after', examples)
    .action(async (files: string[], options: Partial<CheckOptions> & { failOn: Threshold }, command: Command) => {
      const { runCheck } = await import('../check.ts');
      done(await runCheck(files, { ...options, format: options.format ?? [{ format: 'text' }], colour: colourOf(command) }, terminal));
    });
}
