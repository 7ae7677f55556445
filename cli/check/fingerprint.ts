import { createHash } from 'node:crypto';
import type { Result } from './report.ts';
import { uriOf } from './source-uri.ts';

/** A hash of what a finding is about, the same wherever in its document it stands and however the document is laid out. */
export function fingerprint({ document, finding }: Result): string {
  const { rule, services = [], paths = [] } = finding;
  const parts = [uriOf(document.source).uri, document.resource ?? '', rule, services.toSorted(), paths.toSorted()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
