import type { DocumentInEvent } from '../events/change.ts';
import type { Answer } from './directory.ts';

/** An answer that found nothing. */
export type NotFound = Extract<Answer<unknown>, { found: false }>;

/** The text of a document in a trail, or why there is none. */
export function textOf(document: DocumentInEvent, what: string): Answer<string> {
  return document.state === 'present'
    ? { found: true, value: document.text }
    : unreadable(`${what} can't be read: CloudTrail left its document out of the event because the request was too large`);
}

/** There is no such thing. */
export function absent(detail: string): NotFound {
  return { found: false, why: 'absent', detail };
}

/** The trail can't tell. */
export function unreadable(detail: string): NotFound {
  return { found: false, why: 'unreadable', detail };
}
