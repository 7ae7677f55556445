import { describe, expect, it } from 'vitest';
import { jsonLines, trailguard } from './run-command.ts';

const examples = ['--config', 'examples/trailguard.config.json', 'examples/trail.json'];

describe('exceptions in a replay', () => {
  it('are shown where they count, where they are over, and once more at the end', async () => {
    const { out } = await trailguard(['replay', ...examples], { env: { COLUMNS: '200' } });
    // As one line: a paragraph is wrapped at the table's width.
    const text = out.replaceAll(/\s+/g, ' ');
    expect(out).toMatch(/CreateUser → partner-sftp +suppressed/);
    expect(text).toContain(
      "excepted until 2026-03-24, for which mara.lindqvist@example.com answers (SEC-311): Northgate's transfer client supports no roles",
    );
    expect(text).toContain('the exception of tomas.okafor@example.com (SEC-290) ended on 2026-02-28');
    expect(text).toContain('exception user/partner-sftp from iam-user-created, until 2026-03-24: used once');
    expect(text).toContain(
      'exception policy/etl-decrypt from kms-decrypt-all-keys: ended on 2026-02-28, and 1 finding came after; ask tomas',
    );
    expect(text).toContain('exception user/partner-sftp from iam-user-created ends in 7 days: mara.lindqvist@example.com answers for it');
  });

  it('stay in the verdicts for machines', async () => {
    const { out } = await trailguard(['replay', '--format', 'jsonl', ...examples]);
    const suppressed = jsonLines(out).filter((verdict) => (verdict as { outcome: string }).outcome === 'suppressed');
    expect(suppressed).toMatchObject([{ severity: 'none', findings: [{ rule: 'iam-user-created', exception: { ticket: 'SEC-311' } }] }]);
  });
});
