import { Command, Help, type Option } from 'commander';
import { addCheck } from './commands/check.ts';
import { addDoctor } from './commands/doctor.ts';
import { examplesHelp } from './commands/examples.ts';
import type { CommandFrame } from './commands/frame.ts';
import { addInit } from './commands/init.ts';
import { addRedrive } from './commands/redrive.ts';
import { addReplay } from './commands/replay.ts';
import { addReport } from './commands/report.ts';
import { addRules } from './commands/rules.ts';
import { addSweep } from './commands/sweep.ts';
import type { ExitStatus } from './exit-status.ts';
import { installedVersion } from './installed.ts';
import { createPaint } from './paint.ts';
import type { Terminal } from './terminal.ts';

const examples = examplesHelp(
  [
    ['trailguard replay examples/', 'judge a trail, as a table'],
    ['trailguard replay --format jsonl logs/ | jq .', 'one verdict a line'],
    ['trailguard check policy.json', 'ask before creating a policy'],
    ['trailguard rules admin-access', 'what a rule means'],
    ['trailguard check --help', 'all that a command can do'],
  ],
  `Exit status: 0 nothing at or above --fail-on, 1 something, 2 bad usage or an
input that could not be judged.`,
);

/** As wide as people read; and in a pipe as wide as they expect there. */
const widestHelp = 100;

interface Shared {
  readonly color?: boolean;
  readonly debug?: boolean;
}

/** The command line: its subcommands, each loaded when it is called. `done` is told the exit status. */
export function createProgram(terminal: Terminal, done: (status: ExitStatus) => void): Command {
  const program: Command = new Command('trailguard')
    .description('A guard for AWS IAM users: judges changes in CloudTrail, and policies before they are created.')
    .version(installedVersion())
    .option('--color', 'colour the output, also where it is not a terminal')
    .option('--no-color', 'do not colour the output')
    .option('--debug', 'show where in the program an error arose')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, styleTitle: (text) => createPaint(true).bold(text), optionDescription })
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      // It is told in one line, with the next command to type, where the program ends
      outputError: () => {},
      getOutHelpWidth: () => Math.min(widestHelp, process.stdout.columns || 80),
      getOutHasColors: () => program.opts<Shared>().color ?? terminal.colour,
      getErrHasColors: () => program.opts<Shared>().color ?? terminal.colour,
    })
    .addHelpText('after', examples);

  const frame: CommandFrame = {
    terminal,
    done,
    colourOf: (command) => command.optsWithGlobals<Shared>().color ?? terminal.colour,
    debugOf: (command) => command.optsWithGlobals<Shared>().debug ?? false,
  };
  for (const add of [addReplay, addCheck, addSweep, addReport, addRedrive, addDoctor, addRules, addInit]) add(program, frame);
  return program;
}

/** That a switch is off, or that there is no limit, is said by its not being there. */
function optionDescription(this: Help, option: Option): string {
  return Help.prototype.optionDescription.call(this, option).replace(/ \(default: (false|null)\)$/, '');
}
