import { once } from 'node:events';

/** What a subcommand reads from and writes to. `columns` is the width that text is laid out for. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** The answer. */
  out(text: string): void;
  /** The answer in parts, each with its own line ends. Resolves when there is room for the next: a slow reader slows the writer, and fills no memory. */
  write(text: string): Promise<void>;
  /** The talk about it: warnings, what was skipped, notes. */
  err(text: string): void;
  readonly columns: number;
  /** Whether output may be coloured where the command line does not say. */
  readonly colour: boolean;
}

const defaultColumns = 100;

/** The terminal of this process. A reader that goes away (`| head`) ends the process quietly. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
  return {
    stdin: process.stdin,
    out: (text) => void process.stdout.write(`${text}\n`),
    write: async (text) => {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    },
    err: (text) => void process.stderr.write(`${text}\n`),
    columns: process.stdout.columns || columnsSaid(process.env.COLUMNS) || defaultColumns,
    colour: wantsColour(process.env, process.stdout.isTTY === true),
  };
}

/** The width that the environment tells, for output that goes through a pipe to somebody who reads it. */
function columnsSaid(text = ''): number {
  return /^\d{1,4}$/.test(text) ? Number(text) : 0;
}

/**
 * Whether to colour by the environment: NO_COLOR wins, then FORCE_COLOR, then whether a person is looking.
 * @see https://no-color.org
 */
function wantsColour(environment: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (environment.NO_COLOR) return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal && environment.TERM !== 'dumb';
}
