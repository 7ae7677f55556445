import { visible } from '../../schemas/visible-text.ts';
import { charactersOf, widthOf } from '../text-width.ts';

/** A place in a text. Both start at 1; columns count UTF-16 units. */
interface Place {
  readonly line: number;
  readonly column: number;
}

const mostLines = 3;
const caret = '^';
const cut = '…';
/**
 * At most three lines of a text with carets under the places in them, `width` cells wide. A long line is cut around its
 * first caret, and what a terminal would act on is written out.
 */
export function codeFrame(text: string, places: readonly Place[], width: number): string[] {
  const lines = [...new Set(places.map(({ line }) => line))].slice(0, mostLines).sort((a, b) => a - b);
  const gutter = String(lines.at(-1) ?? 0).length;
  return lines.flatMap((line) => {
    const columns = places.filter((place) => place.line === line).map(({ column }) => column);
    const { code, carets } = excerpt(lineAt(text, line), columns, Math.max(20, width - gutter - 3));
    return [`${String(line).padStart(gutter)} | ${code}`, `${' '.repeat(gutter)} | ${carets}`];
  });
}

/** The text of a line, without its end. Lines are found one after another, as a document may be one of many megabytes. */
function lineAt(text: string, line: number): string {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return '';
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
}

function excerpt(line: string, columns: readonly number[], room: number): { code: string; carets: string } {
  const first = Math.min(...columns) - 1;
  // What is further off than this can't be within the room, however narrow its characters.
  const from = Math.max(0, first - room * 4);
  const cells = cellsOf(line.slice(from, first + room * 4), from);
  const total = cells.reduce((sum, { width }) => sum + width, 0);
  const window = from === 0 && total <= room ? cells : around(cells, first, room - 2);
  const isWhole = window.length === cells.length && from === 0;
  const lead = isWhole || (window[0]?.at ?? 0) === 0 ? '' : cut;
  const trail = isWhole || (window.at(-1)?.end ?? 0) >= line.length ? '' : cut;
  let carets = ' '.repeat(lead.length);
  for (const { at, end, width } of window) {
    const isMarked = columns.some((column) => column - 1 >= at && column - 1 < end);
    carets += isMarked ? caret.padEnd(width) : ' '.repeat(width);
  }
  return { code: `${lead}${window.map(({ text }) => text).join('')}${trail}`, carets: carets.trimEnd() };
}

/** What is shown for a character, how many cells it takes, and where in its line it stands. */
interface Cell {
  readonly text: string;
  readonly width: number;
  readonly at: number;
  readonly end: number;
}

function cellsOf(text: string, from: number): Cell[] {
  let at = from;
  return charactersOf(text).map((character) => {
    const shown = character === '\t' ? '  ' : visible(character);
    const cell = { text: shown, width: widthOf(shown), at, end: at + character.length };
    at = cell.end;
    return cell;
  });
}

/** The cells about a place that fit: a third of the room before it, the rest after; what one side leaves, the other takes. */
function around(cells: readonly Cell[], place: number, room: number): readonly Cell[] {
  const middle = Math.max(
    0,
    cells.findIndex(({ end }) => end > place),
  );
  const widthOf = (some: readonly Cell[]) => some.reduce((sum, { width }) => sum + width, 0);
  const after = widthOf(cells.slice(middle));
  let [start, used] = [middle, 0];
  const before = Math.max(Math.floor(room / 3), room - after);
  while (start > 0 && used + (cells[start - 1]?.width ?? 0) <= before) used += cells[--start]?.width ?? 0;
  let end = middle;
  while (end < cells.length && used + (cells[end]?.width ?? 0) <= room) used += cells[end++]?.width ?? 0;
  return cells.slice(start, end);
}
