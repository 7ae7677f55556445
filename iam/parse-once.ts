import { type ParsedDocument, readDocument } from './posture-parts.ts';

const cacheSize = 300;

/** A parser that remembers: a replay meets the same documents again and again. */
export function createParser(): (text: string) => ParsedDocument {
  const parsed = new Map<string, ParsedDocument>();
  return (text) => {
    const document = parsed.get(text) ?? readDocument(text);
    if (parsed.size >= cacheSize) parsed.clear();
    parsed.set(text, document);
    return document;
  };
}
