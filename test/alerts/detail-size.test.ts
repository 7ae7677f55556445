import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitVerdict } from '../../alerts/detail-size.ts';
import { entryBytes, entryOf, maxEntryBytes } from '../../alerts/entry.ts';
import { validateVerdict } from '../../schemas/validate.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { aFinding, aVerdict } from './verdicts.ts';

const within = (bytes: number) => (verdict: Verdict) => entryBytes(entryOf(verdict, 'bus')) <= bytes;
const sizeOf = (verdict: Verdict) => entryBytes(entryOf(verdict, 'bus'));
const noteOf = (verdict: Verdict) => verdict.actions.find((action) => action.target === 'alert')?.detail;
const evidence = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ statement: index, pointer: `/Statement/${index}/Action` }));

describe('fitVerdict', () => {
  it('leaves a verdict alone that fits', () => {
    expect(fitVerdict(aVerdict(), within(maxEntryBytes))).toEqual(aVerdict());
  });

  it('cuts the evidence of the finding with the most of it first, and no more than it must', () => {
    const verdict = aVerdict({
      findings: [aFinding({ rule: 'service-admin', evidence: evidence(10) }), aFinding({ evidence: evidence(500) })],
    });
    const cut = fitVerdict(verdict, within(6_000));
    expect(cut.findings.map((finding) => finding.evidence.length)).toEqual([10, 1]);
    expect(noteOf(cut)).toContain('499 more evidence of admin-access');
    expect(noteOf(cut)).not.toContain('service-admin');
  });

  it('then cuts actions, keeping those that failed', () => {
    const actions = Array.from({ length: 300 }, (_, index) => ({
      kind: 'tag-user' as const,
      target: `user-${index}`,
      result: index === 299 ? ('failed' as const) : ('done' as const),
    }));
    const cut = fitVerdict(aVerdict({ actions }), within(6_000));
    expect(cut.actions[0]).toMatchObject({ target: 'user-299', result: 'failed' });
    expect(cut.actions).toHaveLength(21);
    expect(noteOf(cut)).toContain('280 more actions');
  });

  it('then shortens long texts without splitting a character', () => {
    const cut = fitVerdict(aVerdict({ findings: [aFinding({ message: '😀'.repeat(4_000) })] }), within(6_000));
    expect(cut.findings[0]?.message).toMatch(/^(😀)+…$/u);
    expect(cut.findings[0]?.message.length).toBeLessThanOrEqual(1_000);
    expect(noteOf(cut)).toContain('texts over 1000 characters');
  });

  it('then keeps only the worst finding, and names the others', () => {
    const low = Array.from({ length: 40 }, () => aFinding({ rule: 'policy-attached-directly', severity: 'low' }));
    const cut = fitVerdict(aVerdict({ findings: [...low, aFinding()] }), within(4_000));
    expect(cut.findings.map((finding) => finding.rule)).toEqual(['admin-access']);
    expect(noteOf(cut)).toContain('40 more findings (policy-attached-directly)');
  });

  it('keeps who, what and how bad, whatever it cuts', () => {
    const cut = fitVerdict(aVerdict({ findings: Array.from({ length: 3_000 }, () => aFinding()) }), within(4_000));
    const { id, outcome, severity, summary, event, actor, subject } = aVerdict();
    expect(cut).toMatchObject({ id, outcome, severity, summary, event, actor, subject });
  });

  it('brings any verdict under the limit of EventBridge, still valid', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const times = (value: string, count: number) => value.repeat(count);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 3_000 }), (texts, scale) => {
        const findings = texts.map((piece) =>
          aFinding({
            message: times(piece, scale),
            paths: Array(scale).fill(piece),
            evidence: evidence(scale),
            controls: Array(scale).fill(piece),
          }),
        );
        const cut = fitVerdict(aVerdict({ summary: times(texts[0] ?? '', scale), findings }), within(maxEntryBytes));
        expect(sizeOf(cut)).toBeLessThanOrEqual(maxEntryBytes);
        expect(validateVerdict(cut)).toBe(cut);
      }),
      { numRuns: 40 },
    );
  });
});
