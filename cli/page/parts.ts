import { type Content, type Html, template } from './template.ts';

/** A severity, an outcome or another state: the word, in a colour that repeats it where it is one of the guard's. */
export const badge = template<string>('<span class="badge badge-<%= it %>"><%= it %></span>');

/** A name, id, path or command, in the letters that computers use. */
export const code = template<string>('<code><%= it %></code>');

/** Something to paste, on lines of its own, whole. */
export const command = template<string>('<pre tabindex="0"><code><%= it %></code></pre>');

/** A link to a page of ours or of AWS. Never give it an address from elsewhere. */
export const link = template<{ readonly to: string; readonly text: string }>('<a href="<%= it.to %>" rel="noreferrer"><%= it.text %></a>');

/** A moment as people read it, in UTC, with the whole of it for machines. `at` is ISO 8601; what is no time is shown as it stands. */
export function moment(at: string): Html {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return plain(at);
  const iso = date.toISOString();
  return time({ iso, day: iso.slice(0, 10), hour: iso.slice(11, 16) });
}

const time = template<{ readonly iso: string; readonly day: string; readonly hour: string }>(
  '<time datetime="<%= it.iso %>"><%= it.day %> <span class="hour"><%= it.hour %> UTC</span></time>',
);

/** A day of the calendar: `2026-03-31`. */
export const day = template<string>('<time><%= it %></time>');

/** Text, escaped. */
export const plain = template<Content>('<%= it %>');

/** Dim text: what stands behind what matters. */
export const dim = template<Content>('<span class="dim"><%= it %></span>');

/** A small line of its own, below what it belongs to. */
export const line = template<Content>('<small class="line"><%= it %></small>');

/** One paragraph. */
export const paragraph = template<Content>('<p><%= it %></p>');

/** A short list, one point a line. */
export const list = template<readonly Content[]>('<ul><% for (const one of it) { %><li><%= one %></li><% } %></ul>');

/** Something folded behind a line that says what it is. Printing unfolds it. */
export const folded = template<{ readonly summary: Content; readonly body: Content }>(
  '<details><summary><%= it.summary %></summary><div class="folded"><%= it.body %></div></details>',
);

/** A name and what there is to say of it. */
export interface Fact {
  readonly name: string;
  readonly value: Content;
}

/** Names and what there is to say of each: when, of what, by whom. */
export const facts = template<readonly Fact[]>(
  '<dl class="facts"><% for (const { name, value } of it) { %><div><dt><%= name %></dt><dd><%= value %></dd></div><% } %></dl>',
);
