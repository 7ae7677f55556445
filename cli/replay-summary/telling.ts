import type { Configuration } from '../../schemas/configuration.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import type { Paint } from '../paint.ts';
import { verdictTable } from '../verdict-table.ts';
import { createReplaySummary, type Ending } from './create-replay-summary.ts';
import { createKeptVerdicts } from './kept-verdicts.ts';
import type { Made } from './page-facts.ts';
import type { ReplaySummary } from './summary.ts';
import { summaryText } from './text.ts';

/** Something that is told of a replay as a whole, at its end. */
export interface Telling {
  /** Takes the verdicts in event-time order. */
  add(verdict: Verdict): void;
  /** All there is to print. */
  finish(ending: Ending): Promise<string>;
}

/** What a terminal shows of a replay: a table of the verdicts, or of the worst where they are many, and the summary. */
export function createTextTelling(configuration: Configuration, columns: number, paint: Paint): Telling {
  return telling(configuration, async (summary, rows) => {
    const left = summary.verdicts - rows.length;
    const cut =
      left > 0 ? `The ${rows.length} worst of ${summary.verdicts} verdicts, of equals the latest; --format jsonl prints them all` : '';
    const table = rows.length > 0 ? verdictTable(rows, columns, paint) : '';
    return [cut, table, summaryText(summary, columns, paint)].filter((text) => text !== '').join('\n\n');
  });
}

/** One self-contained page of a replay. What makes it is loaded when it is asked for. */
export function createPageTelling(configuration: Configuration, made: () => Made): Telling {
  return telling(configuration, async (summary, rows) => {
    const { replayPage } = await import('./page.ts');
    return replayPage({ summary, rows, configuration, made: made() });
  });
}

function telling(configuration: Configuration, render: (summary: ReplaySummary, rows: readonly Verdict[]) => Promise<string>): Telling {
  const summary = createReplaySummary(configuration);
  const kept = createKeptVerdicts();
  return {
    add(verdict) {
      summary.add(verdict);
      kept.add(verdict);
    },
    finish: async (ending) => render(await summary.result(ending), kept.rows()),
  };
}
