/**
 * What a terminal, a mail or a log would act on rather than show: C0 and C1 controls, line separators, zero-width and
 * invisible characters, and the marks that turn the writing direction.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u115F\u1160\u3164\uFFA0]/gu;

/**
 * Foreign text on one line, with every character that a reader could not see written out (`<U+202E>`), so that a name
 * in an event can neither move the cursor nor pass for another name.
 */
export function visible(text: string): string {
  return text.replace(unseen, (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`);
}
