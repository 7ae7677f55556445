import type { Report } from '../report.ts';

/** `{"documents":[{"source","findings","errors"}]}` on one line; documents inside a file also name their `resource` and `pointer`. */
export function jsonReport({ documents }: Report): string {
  return JSON.stringify({ documents: documents.map(({ file: _, ...document }) => document) });
}
