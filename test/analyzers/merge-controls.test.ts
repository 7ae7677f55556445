import { describe, expect, test } from 'vitest';
import { mergeControls } from '../../analyzers/merge-controls.ts';

describe('controls of several are merged', () => {
  test('by framework, each id once', () => {
    expect(
      mergeControls([{ 'Security Hub': ['IAM.1', 'IAM.2'] }, { 'AWS Config': ['A'] }, { 'Security Hub': ['IAM.2', 'IAM.3'] }]),
    ).toEqual({
      'Security Hub': ['IAM.1', 'IAM.2', 'IAM.3'],
      'AWS Config': ['A'],
    });
  });

  test('by version where a framework has versions', () => {
    const [older, newer] = [{ CIS: { '1.2.0': ['1.3'], '3.0.0': ['1.12'] } }, { CIS: { '3.0.0': ['1.12', '1.13'], '5.0.0': ['1.11'] } }];
    expect(mergeControls([older, newer])).toEqual({ CIS: { '1.2.0': ['1.3'], '3.0.0': ['1.12', '1.13'], '5.0.0': ['1.11'] } });
  });

  test('but not where a framework has versions in one and none in another', () => {
    const [plain, versions] = [{ CIS: ['1.3'] }, { CIS: { '1.2.0': ['1.3'] } }];
    const message = 'a framework has versions in one list of controls and none in another';
    expect(() => mergeControls([plain, versions])).toThrow(message);
    expect(() => mergeControls([versions, plain])).toThrow(message);
  });
});
