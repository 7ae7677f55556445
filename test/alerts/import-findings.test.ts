import { BatchImportFindingsCommand, GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { AlertError } from '../../alerts/alert-error.ts';
import { createFindingsImporter } from '../../alerts/import-findings.ts';
import { asffOf } from '../../alerts/messages/security-hub.ts';
import { aFinding, aVerdict } from './verdicts.ts';

// Mocks: moto takes every finding, filters nothing, and does not fail at will.
const mock = mockClient(SecurityHubClient);
const importer = createFindingsImporter({ client: new SecurityHubClient({ region: 'us-east-1' }) });
const findings = (count: number) =>
  asffOf(aVerdict({ findings: Array.from({ length: count }, (_, index) => aFinding({ rule: `rule-${index}` })) }), { region: 'us-east-1' });
const imports = () => mock.commandCalls(BatchImportFindingsCommand).map(({ args }) => args[0].input.Findings ?? []);

beforeEach(() => {
  mock.reset();
  mock.on(GetFindingsCommand).resolves({ Findings: [] });
  mock.on(BatchImportFindingsCommand).resolves({ FailedCount: 0, SuccessCount: 1, FailedFindings: [] });
});

describe('an importer of findings', () => {
  it('tells at most a hundred at a time, and asks for twenty', async () => {
    expect(await importer.report(findings(205))).toBe(205);
    expect(imports().map((call) => call.length)).toEqual([100, 100, 5]);
    const asked = mock.commandCalls(GetFindingsCommand).map(({ args }) => args[0].input.Filters?.Id?.length ?? 0);
    expect(asked.reduce((sum, count) => sum + count, 0)).toBe(205);
    expect(Math.max(...asked)).toBe(20);
  });

  it('asks nothing about nothing', async () => {
    expect([await importer.report([]), await importer.resolve([])]).toEqual([0, 0]);
    expect(mock.calls()).toEqual([]);
  });

  it('reads every page, and takes no finding of another product for its own', async () => {
    const [known, foreign] = findings(2);
    if (!known || !foreign) throw new Error('two findings were asked for');
    mock
      .on(GetFindingsCommand)
      .resolvesOnce({
        Findings: [{ ...foreign, ProductArn: 'arn:aws:securityhub:us-east-1::product/other/x' } as never],
        NextToken: 'more',
      })
      .resolves({ Findings: [{ ...known, CreatedAt: '2026-01-01T00:00:00Z' } as never] });
    await importer.resolve([known, foreign]);
    expect(imports()).toMatchObject([[{ Id: known.Id, CreatedAt: '2026-01-01T00:00:00Z' }]]);
  });

  it('throws, with the reasons, where some were not taken, once all were tried', async () => {
    mock
      .on(BatchImportFindingsCommand)
      .resolvesOnce({ FailedCount: 2, SuccessCount: 98, FailedFindings: [{ Id: 'one', ErrorCode: 'InvalidInput', ErrorMessage: 'no' }] })
      .resolves({ FailedCount: 0, SuccessCount: 20 });
    const error: unknown = await importer.report(findings(120)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AlertError);
    expect(String(error)).toContain('Security Hub did not take 2 of 120 findings: `one` (InvalidInput: no), one that it did not name');
    expect(imports()).toHaveLength(2);
  });

  it.each([GetFindingsCommand, BatchImportFindingsCommand])('throws where Security Hub is not enabled', async (command) => {
    const refused = new Error('Account 123456789012 is not subscribed to AWS Security Hub');
    mock.on(command as typeof GetFindingsCommand).rejects(refused);
    await expect(importer.report(findings(1))).rejects.toThrow(
      'findings could not be told to Security Hub: Account 123456789012 is not subscribed to AWS Security Hub',
    );
  });
});
