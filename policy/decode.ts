import { PolicyError } from './policy-error.ts';

/**
 * The plain text of a document: IAM's Get calls answer it URL-encoded (RFC 3986), events carry it plain. JSON begins
 * with a brace or white space, never with a percent sign, so the two can't be mistaken for each other.
 */
export function decodeDocument(text: string): string {
  const plain = withoutMark(text);
  if (!plain.startsWith('%')) return plain;
  try {
    return withoutMark(decodeURIComponent(plain));
  } catch {
    throw new PolicyError('the document begins like URL-encoded text and does not decode');
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\u{FEFF}') ? text.slice(1) : text;
}
