import columnify from 'columnify';
import { visible } from '../schemas/visible-text.ts';

/** Columns of fixed width, so that rows line up though each is laid out alone. */
export interface Column {
  readonly name: string;
  readonly width: number;
}

const gap = '  ';

/** One row of a grid, wrapped within its cells. Cells may be coloured, but must be free of foreign control characters. */
export function gridRow(columns: readonly Column[], cells: Readonly<Record<string, string>>): string {
  const config = Object.fromEntries(columns.map(({ name, width }) => [name, { minWidth: width, maxWidth: width }]));
  const options = { columns: columns.map(({ name }) => name), config, columnSplitter: gap, showHeaders: false, truncateMarker: '' };
  return trimmed(columnify([cells], options));
}

/** Where a paragraph stands: columns from the left, and columns in all. */
export interface Place {
  readonly indent: number;
  readonly width: number;
}

/** A label and a paragraph of foreign text wrapped beside it. `paint` colours the label. */
export function labelled(label: string, text: string, place: Place, paint = (painted: string) => painted): string {
  const room = Math.max(20, place.width - place.indent - label.length - gap.length);
  const columns = [
    { name: 'label', width: label.length },
    { name: 'text', width: room },
  ];
  return indented(gridRow(columns, { label: paint(label), text: visible(text) }), place.indent);
}

/** Foreign text that is to be pasted: on one line, never wrapped. */
export function pasteable(text: string, indent: number): string {
  return indented(visible(text), indent);
}

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

function trimmed(text: string): string {
  return text.replace(/[ \t]+$/gm, '');
}
