import { createHash } from 'node:crypto';
import { type Fact, facts } from './parts.ts';
import { script } from './script.ts';
import { styles } from './styles.ts';
import { type Content, type Html, ownMarkup, template, textOf } from './template.ts';

/** A part of a page with a heading of its own. */
export interface Section {
  /** Unique on the page: letters and hyphens. */
  readonly id: string;
  readonly title: string;
  /** How many things it lists; shown beside its heading and in the list of sections. */
  readonly count?: number;
  /** What the reader must know before the body. */
  readonly intro?: Content;
  readonly body: Content;
}

/** What a page says. */
export interface Page {
  /** What the page is about, in a few words: the heading, and the name of the window. */
  readonly title: string;
  /** What kind of page it is: `Report on IAM users`. */
  readonly kind: string;
  /** How many, how bad, what first: one or two sentences. */
  readonly answer: Content;
  /** The first screen, below the answer: figures, a bar, what to do first. */
  readonly head: Content;
  /** When, of which account, by which version, with which configuration, and what was not read. */
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
}

/**
 * A page in one file that asks for nothing: styles and script are in it, and its security policy lets nothing else in. All of it can be read
 * without the script, which only sorts and filters.
 */
export function page({ facts: told, ...rest }: Page): string {
  const policy = `default-src 'none'; style-src '${hashOf(styles)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  return textOf(shell({ ...rest, facts: facts(told), policy, styles: ownMarkup(styles), script: ownMarkup(script) }));
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

const shell = template<Omit<Page, 'facts'> & { facts: Html; policy: string; styles: Html; script: Html }>(
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="<%= it.policy %>">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title><%= it.title %></title>
<style><%= it.styles %></style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<p class="kind"><%= it.kind %></p>
<h1><%= it.title %></h1>
<p class="answer"><%= it.answer %></p>
</header>
<main id="main">
<div class="head"><%= it.head %></div>
<nav aria-label="Sections"><ul>
<% for (const { id, title, count } of it.sections) { %><li><a href="#<%= id %>"><%= title %></a><% if (count !== undefined) { %> <span class="dim"><%= count.toLocaleString('en') %></span><% } %></li><% } %>
<li><a href="#made">How this was made</a></li>
</ul></nav>
<% for (const { id, title, count, intro, body } of it.sections) { %>
<section aria-labelledby="<%= id %>">
<h2 id="<%= id %>"><%= title %><% if (count !== undefined) { %> <span class="dim"><%= count.toLocaleString('en') %></span><% } %></h2>
<% if (intro !== undefined) { %><div class="intro"><%= intro %></div><% } %>
<%= body %>
</section>
<% } %>
<section aria-labelledby="made"><h2 id="made">How this was made</h2><%= it.facts %></section>
</main>
<script><%= it.script %></script>
</body>
</html>
`,
);
