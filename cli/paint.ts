import { styleText } from 'node:util';

/** Styles that repeat what a word already says. Without colour every one gives its text back unchanged. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  /** A severity or an outcome, in the colour that goes with it; the text itself where none does. */
  verdict(word: string, text?: string): string;
}

type Style = Parameters<typeof styleText>[0] & string;

const styles: Readonly<Record<string, readonly Style[]>> = {
  critical: ['bold', 'red'],
  high: ['red'],
  medium: ['yellow'],
  low: ['cyan'],
  undetermined: ['magenta'],
  attempted: ['blue'],
  clean: ['green'],
};

/** Paints, or leaves plain. */
export function createPaint(colour: boolean): Paint {
  // Nested calls, as the array form ignores NO_COLOR in older versions; and the choice was made already
  const paint = (style: Style, text: string) => (colour ? styleText(style, text, { validateStream: false }) : text);
  return {
    bold: (text) => paint('bold', text),
    dim: (text) => paint('dim', text),
    verdict: (word, text = word) => (styles[word] ?? []).reduce((painted, style) => paint(style, painted), text),
  };
}
