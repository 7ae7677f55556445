import { type AsffFinding, asffLimits } from './asff.ts';

const utf8Bytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/**
 * Findings shared out among calls of BatchImportFindings, in their order. A finding above the 240 KB that AWS takes (the limits of its
 * fields leave none) has a call of its own, so that its refusal harms no other.
 */
export function asffCalls(findings: readonly AsffFinding[]): AsffFinding[][] {
  const calls: AsffFinding[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const finding of findings) {
    const size = utf8Bytes(finding) + 1;
    const current = calls.at(-1);
    if (
      current === undefined ||
      current.length >= asffLimits.findings ||
      bytes + size > asffLimits.callBytes ||
      size > asffLimits.findingBytes
    ) {
      calls.push([finding]);
      // Nothing joins a finding that is refused.
      bytes = size > asffLimits.findingBytes ? Number.POSITIVE_INFINITY : size;
    } else {
      current.push(finding);
      bytes += size;
    }
  }
  return calls;
}
