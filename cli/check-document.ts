import { analyzePolicies } from '../analyzers/analyze.ts';
import type { Rule } from '../analyzers/rule.ts';
import { locate } from '../policy/locate.ts';
import { PolicyError, parsePolicy } from '../policy/parse.ts';
import type { Finding } from '../schemas/finding.ts';

/** Why a document, or a part of it, could not be judged. Lines and columns start at 1. */
interface DocumentError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** What `check` says of one document. `source` is the path as given. */
export interface CheckedDocument {
  readonly source: string;
  readonly findings: readonly Finding[];
  readonly errors: readonly DocumentError[];
}

/** Judges the text of one policy document alone. Evidence gets its line and column in that text. */
export function checkDocument(source: string, text: string, rules: readonly Rule[]): CheckedDocument {
  try {
    const policy = parsePolicy(text);
    const findings = analyzePolicies({ policies: [{ policy }] }, rules);
    const errors = policy.problems.map(({ message, line, column }) => ({ message, line, column }));
    return { source, findings: findings.length === 0 ? [] : withPlaces(findings, text), errors };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { source, findings: [], errors: [{ message: error.message, line: error.line, column: error.column }] };
  }
}

function withPlaces(findings: readonly Finding[], text: string): Finding[] {
  const placeOf = locate(text);
  return findings.map((finding) => ({
    ...finding,
    evidence: finding.evidence.map((evidence) => ({ ...evidence, ...placeOf(evidence.pointer) })),
  }));
}
