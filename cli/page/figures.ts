import { type Content, type Html, template } from './template.ts';

/** One of the large numbers at the top of a page. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** A line below it. */
  readonly note?: Content;
  /** A class of colour: a severity, or another state that a badge knows. */
  readonly tone?: string;
}

/** Numbers in a row that add up to `total`, which is said below them. */
export const figures = template<{ readonly figures: readonly Figure[]; readonly total: Content }>(
  `<div class="figures"><dl>
<% for (const { name, value, note, tone } of it.figures) { %>
<div class="figure<%= tone === undefined ? '' : ' tone-' + tone %>"><dt><%= name %></dt><dd><b><%= value.toLocaleString('en') %></b><% if (note !== undefined) { %><small><%= note %></small><% } %></dd></div>
<% } %>
</dl><p class="total"><%= it.total %></p></div>`,
);

/** How much of something is of one kind. */
export interface Share {
  /** A severity, or another state that a badge knows. */
  readonly word: string;
  readonly count: number;
}

const barWidth = 1_000;

/** A bar cut by share, with its legend in words: shares of nothing are left out. `label` says what is shared. */
export function shareBar(label: string, shares: readonly Share[]): Html {
  const shown = shares.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  let x = 0;
  const pieces = shown.map(({ word, count }) => {
    const width = (count / total) * barWidth;
    const piece = { word, count, x: x.toFixed(1), width: Math.max(2, width - 2).toFixed(1) };
    x += width;
    return piece;
  });
  return bar({ label, pieces });
}

interface Piece {
  readonly word: string;
  readonly count: number;
  readonly x: string;
  readonly width: string;
}

// A width in a style attribute would need a looser security policy; that of a drawing is no style.
const bar = template<{ readonly label: string; readonly pieces: readonly Piece[] }>(
  `<figure class="shares"><svg viewBox="0 0 ${barWidth} 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
<% for (const { word, x, width } of it.pieces) { %><rect class="fill-<%= word %>" x="<%= x %>" width="<%= width %>" height="10"/><% } %>
</svg><figcaption><%= it.label %>: <% it.pieces.forEach(({ word, count }, index) => { %><%= index > 0 ? ', ' : '' %><span class="share"><i class="dot fill-<%= word %>" aria-hidden="true"></i><b><%= count.toLocaleString('en') %></b> <%= word %></span><% }) %></figcaption></figure>`,
);
