import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter();
const plain = /^[ -~]*$/;

/** What a reader takes for one character each: a letter with its accents, a flag, an emoji with its skin. */
export function charactersOf(text: string): string[] {
  return plain.test(text) ? [...text] : Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** How many cells of a terminal a text on one line takes. Colours take none. */
export function widthOf(text: string): number {
  return plain.test(text) ? text.length : stringWidth(text);
}
