/** What a subcommand reads from and writes to. `columns` is the width that text is laid out for. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** The answer. */
  out(text: string): void;
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
    err: (text) => void process.stderr.write(`${text}\n`),
    columns: process.stdout.columns ?? defaultColumns,
    colour: wantsColour(process.env, process.stdout.isTTY === true),
  };
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
