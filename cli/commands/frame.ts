import type { Command } from 'commander';
import type { ExitStatus } from '../exit-status.ts';
import type { Terminal } from '../terminal.ts';

/** What every subcommand is given. */
export interface CommandFrame {
  readonly terminal: Terminal;
  /** Told the exit status. */
  done(status: ExitStatus): void;
  /** Whether to colour: as the command line says, else as the terminal is. */
  colourOf(command: Command): boolean;
  /** Whether errors show where in the program they arose. */
  debugOf(command: Command): boolean;
}
