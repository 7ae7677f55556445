import { visible } from '../../schemas/visible-text.ts';
import { fitText } from './fit-text.ts';

/** Characters of an e-mail's subject: fewer than 100, as Amazon SNS asks. */
export const longestSubject = 99;

/**
 * Foreign text on one line of a plain-text e-mail: invisible characters are written out, and a web address is broken
 * (`https[:]//`), because mail programs make links of them.
 */
export function line(text: string, limit: number): string {
  return fitText(inert(text, limit), limit);
}

/** Foreign text that keeps its lines, each indented by four spaces. */
export function paragraph(text: string, limit: number): string {
  const kept = text.slice(0, limit + 1).split(/\r\n|\r|\n/);
  return fitText(kept.map((each) => `    ${inert(each.replaceAll('\t', '  '), limit)}`).join('\n'), limit);
}

/**
 * The subject of an e-mail: one line of fewer than 100 printable ASCII characters. Others are written out (`<U+00E9>`) rather than
 * likened to ASCII, so that no name passes for another.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function subjectLine(text: string): string {
  const shown = visible(text.slice(0, longestSubject + 1).replaceAll('…', '...'));
  return fitText(shown, longestSubject, ascii, '...');
}

function inert(text: string, limit: number): string {
  // Nothing below makes a text shorter: what lies beyond the limit is never shown.
  return visible(text.slice(0, limit + 1)).replaceAll('://', '[:]//');
}

function ascii(character: string): string {
  return /^[ -~]$/.test(character) ? character : `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}
