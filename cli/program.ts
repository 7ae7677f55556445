import { Command } from 'commander';
import { addCheck } from './commands/check.ts';
import type { CommandFrame } from './commands/frame.ts';
import { addInit } from './commands/init.ts';
import { addReplay } from './commands/replay.ts';
import { addRules } from './commands/rules.ts';
import { addSweep } from './commands/sweep.ts';
import type { ExitStatus } from './exit-status.ts';
import { installedVersion } from './installed.ts';
import type { Terminal } from './terminal.ts';

const examples = `
Examples:
  trailguard replay examples/                    judge a trail, as a table
  trailguard replay --format jsonl logs/ | jq .  one verdict a line
  trailguard check policy.json                   ask before creating a policy
  trailguard rules admin-access                  what a rule means

Exit status: 0 nothing at or above --fail-on, 1 something, 2 bad usage or an input that could not be judged.`;

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

  const frame: CommandFrame = {
    terminal,
    done,
    colourOf: (command) => command.optsWithGlobals<Shared>().color ?? terminal.colour,
    debugOf: (command) => command.optsWithGlobals<Shared>().debug ?? false,
  };
  for (const add of [addReplay, addCheck, addSweep, addRules, addInit]) add(program, frame);
  return program;
}
