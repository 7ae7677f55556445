import { analyzePolicies } from '../../analyzers/analyze.ts';
import { collectGrants, type Grants } from '../../policy/grants.ts';
import { PolicyError, parsePolicy } from '../../policy/parse.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Finding } from '../../schemas/finding.ts';

/** A statement as a document has it. */
export type Written = Readonly<Record<string, unknown>>;

/** An Allow statement, with more elements where given. */
export function allow(Action: unknown, Resource: unknown = '*', more: Written = {}): Written {
  return { Effect: 'Allow', Action, Resource, ...more };
}

/** A Deny statement, with more elements where given. */
export function deny(Action: unknown, Resource: unknown = '*', more: Written = {}): Written {
  return { Effect: 'Deny', Action, Resource, ...more };
}

/** The text of a document. */
export function textOf(statements: Written | readonly Written[], Version = '2012-10-17'): string {
  return JSON.stringify({ Version, Statement: statements });
}

/** A parsed document. */
export function policyOf(...statements: Written[]): Policy {
  return parsePolicy(textOf(statements));
}

/** What documents grant together. */
export function grantsOf(...statements: Written[]): Grants {
  return collectGrants([{ policy: policyOf(...statements) }]);
}

/** Findings about the statements of one document. */
export function findingsOf(...statements: Written[]): Finding[] {
  return analyzePolicies({ policies: [{ policy: policyOf(...statements) }] });
}

/** Findings as `rule severity`, with the services that a finding names where they are few. */
export function toldOf(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, severity, services = [] }) => [rule, severity, ...(services.length < 4 ? services : [])].join(' '));
}

/** Findings about the statements of one document, as `rule severity services`. */
export function told(...statements: Written[]): string[] {
  return toldOf(findingsOf(...statements));
}

/** The error that a text is refused with. */
export function refusal(text: string): PolicyError {
  try {
    parsePolicy(text);
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
  throw new Error('the document was read');
}

/** Milliseconds that something takes. */
export function milliseconds(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
