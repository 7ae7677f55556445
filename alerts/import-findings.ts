import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  GetFindingsCommand,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { AlertError } from './alert-error.ts';
import type { AsffFinding } from './messages/asff.ts';
import { asffCalls } from './messages/asff-calls.ts';

/** The most values of one filter. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFindingFilters.html */
const idsAtOnce = 20;

/** Security Hub, as far as findings are told to it. Each call answers how many it took, and throws `AlertError` where it did not take all. */
export interface FindingsImporter {
  /** Tells findings, new or again. One that Security Hub has from a later event stays as it is. */
  report(findings: readonly AsffFinding[]): Promise<number>;
  /** Archives findings that Security Hub has and that are active; it never adds one. One that a later event made active stays so. */
  resolve(findings: readonly AsffFinding[]): Promise<number>;
}

/**
 * An importer of findings. It asks first for what Security Hub knows of them: their times decide which of two events out of order is the
 * newer, and a finding that comes again keeps the time at which it began.
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export const createFindingsImporter = ({ client }: { readonly client: SecurityHubClient }): FindingsImporter => {
  const knownOf = async (findings: readonly AsffFinding[]): Promise<ReadonlyMap<string, AwsSecurityFinding>> => {
    const wanted = new Map(findings.map(({ Id, ProductArn }) => [Id, ProductArn]));
    const known = new Map<string, AwsSecurityFinding>();
    for (let start = 0; start < findings.length; start += idsAtOnce) {
      const Id = findings.slice(start, start + idsAtOnce).map(({ Id: Value }) => ({ Value, Comparison: 'EQUALS' as const }));
      let NextToken: string | undefined;
      do {
        const answer = await client.send(new GetFindingsCommand({ Filters: { Id }, MaxResults: 100, ...(NextToken ? { NextToken } : {}) }));
        // Another product may use the same id.
        for (const finding of answer.Findings ?? [])
          if (finding.Id !== undefined && wanted.get(finding.Id) === finding.ProductArn) known.set(finding.Id, finding);
        NextToken = answer.NextToken;
      } while (NextToken);
    }
    return known;
  };

  const imported = async (findings: readonly AsffFinding[]): Promise<number> => {
    const failed: string[] = [];
    for (const Findings of asffCalls(findings)) {
      const answer = await client.send(new BatchImportFindingsCommand({ Findings: Findings as AwsSecurityFinding[] }));
      for (const { Id, ErrorCode, ErrorMessage } of answer.FailedFindings ?? []) failed.push(`\`${Id}\` (${ErrorCode}: ${ErrorMessage})`);
      const unnamed = (answer.FailedCount ?? 0) - (answer.FailedFindings?.length ?? 0);
      for (let count = 0; count < unnamed; count++) failed.push('one that it did not name');
    }
    if (failed.length > 0)
      throw new AlertError(`Security Hub did not take ${failed.length} of ${findings.length} findings: ${failed.slice(0, 5).join(', ')}`);
    return findings.length;
  };

  /** Asks and imports; a call that fails as a whole is an alert not delivered, too. */
  const importing = async (
    findings: readonly AsffFinding[],
    chosen: (finding: AsffFinding, known: AwsSecurityFinding | undefined) => boolean,
  ): Promise<number> => {
    if (findings.length === 0) return 0;
    try {
      const known = await knownOf(findings);
      const told = findings
        .filter((finding) => chosen(finding, known.get(finding.Id)))
        .map((finding) => ({ ...finding, CreatedAt: known.get(finding.Id)?.CreatedAt ?? finding.CreatedAt }));
      return await imported(told);
    } catch (cause) {
      if (cause instanceof AlertError) throw cause;
      throw new AlertError(`findings could not be told to Security Hub: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
  };

  return {
    report: (findings) => importing(findings, (finding, known) => known === undefined || !isLater(known, finding)),
    resolve: (findings) =>
      importing(findings, (finding, known) => known !== undefined && known.RecordState === 'ACTIVE' && !isLater(known, finding)),
  };
};

function isLater(known: AwsSecurityFinding, { UpdatedAt }: AsffFinding): boolean {
  return Date.parse(known.UpdatedAt ?? '') > Date.parse(UpdatedAt);
}
