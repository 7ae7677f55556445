import { analyzePolicies } from '../../analyzers/analyze.ts';
import type { Rule } from '../../analyzers/rule.ts';
import { decodeDocument } from '../../policy/decode.ts';
import { locate } from '../../policy/locate.ts';
import { PolicyError, parsePolicy } from '../../policy/parse.ts';
import type { Evidence, Finding } from '../../schemas/finding.ts';
import type { FoundDocument, Inside } from './inputs/found-document.ts';
import { withoutStandIns } from './inputs/intrinsics.ts';

/** Why a document, or a part of it, could not be judged. Lines and columns start at 1. */
interface DocumentError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** What `check` says of one document. */
export interface CheckedDocument {
  /** The path as given. */
  readonly source: string;
  /** Whose policy it is, in a template or a plan: a logical id, or a Terraform address. */
  readonly resource?: string;
  /** RFC 6901 pointer of the document in a template or plan. */
  readonly pointer?: string;
  readonly findings: readonly Finding[];
  readonly errors: readonly DocumentError[];
  /** What `source` holds, for excerpts; absent where there is nothing to show. */
  readonly file?: string;
}

/** Judges one policy document alone. Evidence gets its line and column in the file that holds it. */
export function checkDocument(found: FoundDocument, rules: readonly Rule[]): CheckedDocument {
  const { source, text, inside } = found;
  const at = inside?.resource ? { source, resource: inside.resource, pointer: inside.pointer } : { source };
  const place = inside?.placeOf('');
  try {
    const policy = parsePolicy(text);
    const findings = analyzePolicies({ policies: [{ policy }] }, rules);
    const errors = policy.problems.map(({ message, line, column }) => ({ message, ...(place ?? { line, column }) }));
    if (findings.length === 0) return { ...at, findings, errors };
    if (inside) return { ...at, findings: withPlacesInside(findings, inside), errors, file: found.file };
    return { ...at, findings: withPlaces(findings, text), errors, file: decodeDocument(text) };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const { message, line, column } = error;
    return { ...at, findings: [], errors: [{ message, ...(place ?? { line, column }) }] };
  }
}

function withPlaces(findings: readonly Finding[], text: string): Finding[] {
  const placeOf = locate(text);
  return withEvidence(findings, (evidence) => ({ ...evidence, ...placeOf(evidence.pointer) }));
}

function withPlacesInside(findings: readonly Finding[], inside: Inside): Finding[] {
  return withEvidence(findings.map(told), (evidence) => {
    const pointer = inside.writtenAt(evidence.pointer);
    const [, index = evidence.statement] = /^\/Statement\/(\d+)(?:\/|$)/.exec(pointer) ?? [];
    return { ...evidence, statement: Number(index), pointer, ...inside.placeOf(evidence.pointer) };
  });
}

/** Two readings of one statement have the same places. */
function unique(evidence: readonly Evidence[]): Evidence[] {
  return [...new Map(evidence.map((each) => [each.pointer, each])).values()];
}

function withEvidence(findings: readonly Finding[], change: (evidence: Evidence) => Evidence): Finding[] {
  return findings.map((finding) => ({ ...finding, evidence: unique(finding.evidence.map(change)) }));
}

function told(finding: Finding): Finding {
  const { message, mitigations, remediation } = finding;
  return {
    ...finding,
    message: withoutStandIns(message),
    mitigations: mitigations.map((mitigation) => ({ ...mitigation, message: withoutStandIns(mitigation.message) })),
    remediation: { ...remediation, commands: remediation.commands.map(withoutStandIns) },
  };
}
