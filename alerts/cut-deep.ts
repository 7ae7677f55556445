/** How long a text (in UTF-16 code units) and a list may be. */
export interface Limits {
  readonly text: number;
  readonly items: number;
}

/** A cut in the middle of a surrogate pair would leave half a character, which is no valid UTF-8. */
const cutText = (text: string, limit: number): string => `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** The same value with every longer text and list in it cut, and whether any was. Keys are left alone. */
export const cutDeep = <T>(value: T, limits: Limits): { value: T; cut: boolean } => {
  let cut = false;
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string' && part.length > limits.text) {
      cut = true;
      return cutText(part, limits.text);
    }
    if (Array.isArray(part)) {
      if (part.length > limits.items) cut = true;
      return part.slice(0, limits.items).map(walk);
    }
    if (typeof part === 'object' && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)]));
    }
    return part;
  };
  return { value: walk(value) as T, cut };
};
