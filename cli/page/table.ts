import { type Content, type Html, template } from './template.ts';

/** Rows in one folded piece of a table: a browser lays out what is unfolded, and thousands of rows at once take it seconds. */
const rowsInPiece = 100;

/** A shorter table is found through by eye. */
const fewestToFind = 4;

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Numbers stand at the right, and are sorted as numbers. */
  readonly number?: true;
  /** Given where the rows can be filtered by this column's words: what stands above the choice. */
  readonly choice?: string;
  /** True where sorting by it would say nothing. */
  readonly unsorted?: true;
  /** The share of the width that it takes; the others share the rest. */
  readonly width?: 'narrow' | 'medium' | 'wide';
}

/** A cell of a table. */
export interface Cell {
  readonly content: Content;
  /** What it is sorted by; its text where that is left out. */
  readonly key?: string | number;
  /** The words that the column's choice offers and filters by, without `|` in them. */
  readonly words?: readonly string[];
}

/** A table that can be sorted and filtered. */
export interface Table {
  /** Unique on the page: letters and hyphens. */
  readonly id: string;
  readonly caption: string;
  /** What a row is, in the singular: `user`. */
  readonly noun: string;
  /** What several are, where it takes more than an `s`: `policies`. */
  readonly nouns?: string;
  readonly columns: readonly Column[];
  /** True where rows are short and many. */
  readonly dense?: boolean;
  /** In the order to show first. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A table in pieces of a hundred rows, folded but for the first, with tools to sort and filter that come alive with the page's script. */
export function table({ rows, ...rest }: Table): Html {
  const { columns } = rest;
  const pieces = Array.from({ length: Math.ceil(rows.length / rowsInPiece) }, (_, index) => {
    const [from, to] = [index * rowsInPiece, Math.min(rows.length, (index + 1) * rowsInPiece)];
    return { from: from + 1, to, rows: rows.slice(from, to) };
  });
  const choices = columns.flatMap(({ choice }, index) =>
    choice === undefined ? [] : [{ label: choice, index, words: wordsOf(rows, index) }],
  );
  return whole({ ...rest, choices, pieces, total: rows.length, tools: rows.length >= fewestToFind });
}

/** The words that some cells of a column have, in the order in which they come first. */
function wordsOf(rows: readonly (readonly Cell[])[], index: number): { word: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const word of row[index]?.words ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => ({ word, count }));
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly (readonly Cell[])[];
}

interface Whole extends Omit<Table, 'rows'> {
  readonly choices: readonly {
    readonly label: string;
    readonly index: number;
    readonly words: readonly { word: string; count: number }[];
  }[];
  readonly pieces: readonly Piece[];
  readonly total: number;
  readonly tools: boolean;
}

const rowCells = template<{ readonly cells: readonly Cell[]; readonly columns: readonly Column[] }>(
  `<tr role="row"><% it.cells.forEach(({ content, key, words }, index) => { const { title, number } = it.columns[index]; %>
<td role="cell" data-label="<%= title %>"<% if (number) { %> class="number"<% } %><% if (key !== undefined) { %> data-key="<%= key %>"<% } %><% if (words !== undefined) { %> data-words="<%= words.join('|') %>"<% } %>><%= content %></td>
<% }) %></tr>
`,
);

const grid = template<{ readonly caption: string; readonly columns: readonly Column[]; readonly rows: readonly Html[] }>(
  `<table role="table"><caption><%= it.caption %></caption>
<thead role="rowgroup"><tr role="row"><% for (const { title, number, width, unsorted } of it.columns) { %><th role="columnheader" scope="col" class="<%= number ? 'number ' : '' %><%= width ?? '' %>"<% if (unsorted) { %> data-unsorted<% } %>><%= title %></th><% } %></tr></thead>
<tbody role="rowgroup"><%= it.rows %></tbody></table>`,
);

const frame = template<Omit<Whole, 'pieces'> & { readonly body: readonly Html[] }>(
  `<div class="table<%= it.dense ? ' dense' : '' %>" id="<%= it.id %>" data-noun="<%= it.noun %>" data-nouns="<%= it.nouns ?? it.noun + 's' %>">
<% if (it.tools) { %><div class="tools" hidden>
<label><span>Find</span><input type="search" autocomplete="off" spellcheck="false" placeholder="name, policy, rule, control"></label>
<% for (const { label, index, words } of it.choices) { %><label><span><%= label %></span><select data-column="<%= index %>"><option value="">all</option><% for (const { word, count } of words) { %><option value="<%= word %>"><%= word %> (<%= count %>)</option><% } %></select></label><% } %>
<p class="count" role="status" aria-live="polite"></p>
</div><% } %>
<%= it.body %>
</div>`,
);

const piece = template<{ readonly open: boolean; readonly summary: string; readonly body: Html }>(
  '<details class="piece"<% if (it.open) { %> open<% } %>><summary><%= it.summary %></summary><%= it.body %></details>\n',
);

function whole({ pieces, ...rest }: Whole): Html {
  const { caption, columns } = rest;
  const gridOf = ({ rows, from, to }: Piece) =>
    grid({
      caption: pieces.length === 1 ? caption : `${caption}, ${from} to ${to}`,
      columns,
      rows: rows.map((cells) => rowCells({ cells, columns })),
    });
  const body = pieces.map((one, index) => {
    const summary = `${one.from.toLocaleString('en')} to ${one.to.toLocaleString('en')} of ${rest.total.toLocaleString('en')}`;
    return pieces.length === 1 ? gridOf(one) : piece({ open: index === 0, summary, body: gridOf(one) });
  });
  return frame({ ...rest, body });
}
