import { Eta } from 'eta/core';
import { visible } from '../../schemas/visible-text.ts';

const markup = Symbol('markup');

/** Finished HTML: what a template made, all values in it escaped. Text is no `Html` and cannot pass for it. */
export interface Html {
  readonly [markup]: string;
}

/** What a template may be given for a place: text, which it escapes, or finished HTML, which it takes as it is. */
export type Content = string | number | Html | readonly Content[] | undefined;

const { escapeFunction } = new Eta().config;
const eta = new Eta({ autoTrim: [false, 'nl'], escapeFunction: escaped });

/**
 * Makes a template of Eta's syntax, compiled when it is first used. `<%= it.name %>` escapes text, with what no reader could see in it
 * written out, and takes `Html` as it is; nothing needs `<%~`, which would escape nothing.
 */
export function template<Data>(source: string): (data: Data) => Html {
  let compiled: ReturnType<Eta['compile']> | undefined;
  return (data) => {
    compiled ??= eta.compile(source);
    return { [markup]: compiled.call(eta, data as object) };
  };
}

/** HTML of this program's own making: its styles and its script. Never give it a value from elsewhere. */
export function ownMarkup(text: string): Html {
  return { [markup]: text };
}

/** The text of finished HTML. */
export function textOf(html: Html): string {
  return html[markup];
}

/** Text in which nothing is to escape or to write out: most of it. */
const harmless = /^[\w .,:;/()@+=*-]*$/;

function escaped(value: unknown): string {
  if (typeof value === 'string' && harmless.test(value)) return value;
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(escaped).join('');
  return isHtml(value) ? value[markup] : escapeFunction(visible(String(value)));
}

function isHtml(value: unknown): value is Html {
  return typeof value === 'object' && value !== null && markup in value;
}
