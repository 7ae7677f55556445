import { visible } from '../schemas/visible-text.ts';
import { charactersOf, widthOf } from './text-width.ts';

/** Columns of fixed width, so that rows line up though each is laid out alone. */
export interface Column {
  readonly name: string;
  readonly width: number;
}

const gap = '  ';

/** One row of a grid, wrapped within its cells. Cells may be coloured, but must be free of foreign control characters. */
export function gridRow(columns: readonly Column[], cells: Readonly<Record<string, string>>): string {
  const laid = columns.map(({ name, width }) => ({ width, lines: wrapped(cells[name] ?? '', width) }));
  const height = Math.max(...laid.map(({ lines }) => lines.length));
  const rows = Array.from({ length: height }, (_, row) =>
    laid
      .map(({ lines, width }) => padded(lines[row] ?? '', width))
      .join(gap)
      .trimEnd(),
  );
  return rows.join('\n');
}

/** Where a paragraph stands: columns from the left, and columns in all. */
export interface Place {
  readonly indent: number;
  readonly width: number;
}

/** A label and a paragraph of foreign text wrapped beside it. `paint` colours the label. */
export function labelled(label: string, text: string, place: Place, paint = (painted: string) => painted): string {
  const labelWidth = widthOf(label);
  const columns = [
    { name: 'label', width: labelWidth },
    { name: 'text', width: Math.max(20, place.width - place.indent - labelWidth - gap.length) },
  ];
  return indented(gridRow(columns, { label: paint(label), text: visible(text) }), place.indent);
}

/** A paragraph, which may be coloured. Its second and later lines are set in, where `indent` says so. */
export function paragraph(text: string, width: number, indent = 0): string {
  return wrapped(text, Math.max(20, width - indent)).join(`\n${' '.repeat(indent)}`);
}

/** Foreign text that is to be pasted: on one line, never wrapped. */
export function pasteable(text: string, indent: number): string {
  return indented(visible(text), indent);
}

/** The lines of a text, broken between words; a word that is wider than a line is broken within. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  let used = 0;
  for (const word of text
    .trim()
    .split(' ')
    .flatMap((long) => broken(long, width))) {
    const more = widthOf(word);
    if (line !== undefined && used + 1 + more <= width) {
      line += ` ${word}`;
      used += 1 + more;
    } else {
      if (line !== undefined) lines.push(line);
      line = word;
      used = more;
    }
  }
  return [...lines, line ?? ''];
}

/** A word in pieces of a width. What is coloured stays in one, as its colour would not end. */
function broken(word: string, width: number): string[] {
  if (word.includes('\u001B') || widthOf(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of charactersOf(word)) {
    const more = widthOf(character);
    if (piece !== '' && used + more > width) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += character;
    used += more;
  }
  return [...pieces, piece];
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
