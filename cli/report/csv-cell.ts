import { visible } from '../../schemas/visible-text.ts';

/** What a spreadsheet takes for the beginning of a formula, also in the wide letters that some take for the narrow ones. */
const formula = /^[\s'"]*[=+\-@|%＝＋－＠]/u;

/**
 * Text that no spreadsheet runs: one line, control characters written out, and an apostrophe before what would begin a formula, also after
 * spaces or quotes, which some strip. `csv-stringify` escapes only what stands first.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(text: string): string {
  const shown = visible(text);
  return formula.test(shown) ? `'${shown}` : shown;
}
