import { exceptionLines } from '../exception-lines.ts';
import type { Paint } from '../paint.ts';
import type { ReplaySummary } from './summary.ts';
import { closingText } from './text-closing.ts';
import { countsText } from './text-counts.ts';
import { storiesText } from './text-stories.ts';
import { usersText } from './text-users.ts';

const narrowest = 60;
const widest = 120;

/** A replay's end for people: stories, the users to look at, counts, and last, where the eye is, what it comes to. */
export function summaryText(summary: ReplaySummary, columns: number, paint: Paint): string {
  const width = Math.min(widest, Math.max(narrowest, columns));
  return [storiesText, usersText, countsText, exceptionsText, closingText]
    .map((text) => text(summary, width, paint))
    .filter((text) => text !== '')
    .join('\n\n');
}

function exceptionsText({ exceptions, period }: ReplaySummary, width: number, paint: Paint): string {
  return exceptionLines(exceptions, period?.to, width, paint).join('\n');
}
