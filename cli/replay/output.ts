import type { Configuration } from '../../schemas/configuration.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { installedVersion } from '../installed.ts';
import { createPaint } from '../paint.ts';
import type { Ending } from '../replay-summary/create-replay-summary.ts';
import { createPageTelling, createTextTelling, type Telling } from '../replay-summary/telling.ts';
import type { Terminal } from '../terminal.ts';

/** How a replay prints. */
export type ReplayFormat = 'text' | 'jsonl' | 'html';

/** Takes verdicts one by one, and prints them as they come or at the end. */
export interface VerdictOutput {
  add(verdict: Verdict): Promise<void> | undefined;
  finish(ending: Ending): Promise<void>;
}

/** Lines are written together up to so many characters. */
const writtenAtOnce = 1 << 16;

/** The output of a format. */
export function createVerdictOutput(
  { format, colour }: { readonly format: ReplayFormat; readonly colour: boolean },
  configuration: Configuration,
  terminal: Terminal,
): VerdictOutput {
  switch (format) {
    case 'jsonl':
      return jsonLines(terminal);
    case 'html':
      return atTheEnd(
        createPageTelling(configuration, () => ({ at: new Date().toISOString(), version: installedVersion() })),
        terminal,
      );
    case 'text':
      return atTheEnd(createTextTelling(configuration, terminal.columns, createPaint(colour)), terminal);
  }
}

function jsonLines(terminal: Terminal): VerdictOutput {
  let lines = '';
  const write = (): Promise<void> => {
    const written = lines;
    lines = '';
    return terminal.write(written);
  };
  return {
    add(verdict) {
      lines += `${JSON.stringify(verdict)}\n`;
      return lines.length < writtenAtOnce ? undefined : write();
    },
    async finish() {
      if (lines !== '') await write();
    },
  };
}

function atTheEnd(telling: Telling, terminal: Terminal): VerdictOutput {
  return {
    add(verdict) {
      telling.add(verdict);
      return undefined;
    },
    finish: async (ending) => terminal.out((await telling.finish(ending)).trimEnd()),
  };
}
