import type { HeldPolicy, Unread } from '../analyzers/posture.ts';
import { PolicyError } from '../policy/parse.ts';
import { parsePolicyOnce } from '../policy/parse-once.ts';
import type { Policy } from '../policy/policy.ts';
import type { Answer } from './directory.ts';

/** A document as far as it could be understood: parsed, or why not. */
export type ParsedDocument = { readonly ok: true; readonly policy: Policy } | { readonly ok: false; readonly why: string };

/** One piece of a posture: a policy with its document, or what stands in its place in `unread`. */
export type Part = { readonly held: HeldPolicy } | { readonly unread: Unread };

/** Parses a document, plain or URL-encoded. One that does not parse is an answer, not a crash: it must be told, never skipped. */
export function readDocument(text: string): ParsedDocument {
  try {
    return { ok: true, policy: parsePolicyOnce(text) };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { ok: false, why: `its document could not be parsed: ${error.message}` };
  }
}

/** Puts a parsed document in its place: with the policies held, or with what could not be read. */
export function toPart(place: Omit<HeldPolicy, 'document'>, what: string, document: ParsedDocument): Part {
  return document.ok ? { held: { ...place, document: document.policy } } : { unread: { what, why: document.why } };
}

/** What stands in `unread` for something that was listed a moment ago and could not be read. It may have been removed since. */
export function missing(what: string, answer: Extract<Answer<unknown>, { found: false }>): Part {
  return { unread: { what, why: answer.why === 'absent' ? 'vanished while being read' : answer.detail } };
}
