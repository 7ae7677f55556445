import type { Evidence } from '../../schemas/finding.ts';

/**
 * What a message says beyond the verdict. The caller hands it in: a rule's reasons are the same for each of its findings, so they would
 * only fill verdicts, and a statement's text is in the document, which no verdict holds.
 */
export interface Background {
  /** Why a rule matters, by rule id. */
  readonly rationales: ReadonlyMap<string, string>;
  /** The text of the statement that an evidence points into, where the caller has the document. */
  readonly statementOf?: (evidence: Evidence) => string | undefined;
}
