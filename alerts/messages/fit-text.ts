/**
 * As much of a text as `limit` UTF-16 code units hold, once `write` has written each of its characters; where that is not all of it, the
 * end is `mark`. Neither a character nor what it is written as is ever cut apart.
 */
export function fitText(text: string, limit: number, write: (character: string) => string = (character) => character, mark = '…'): string {
  let whole = '';
  let fitting = '';
  for (const character of text) {
    whole += write(character);
    if (whole.length > limit) return `${fitting}${mark}`;
    if (whole.length <= limit - mark.length) fitting = whole;
  }
  return whole;
}
