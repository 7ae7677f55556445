import { describe, expect, it } from 'vitest';
import { quoteStatements } from '../../guard/quote-statements.ts';
import type { Directory } from '../../iam/directory.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { aVerdict } from '../alerts/verdicts.ts';

const document = JSON.stringify({ Statement: [{ Sid: 'Wide', Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny' }] });
const arn = 'arn:aws:iam::123456789012:policy/wide';
/** A directory that answers with the document, and keeps what it was asked. */
const directoryOf = (text = document) => {
  const asked: unknown[][] = [];
  const directory: Pick<Directory, 'managedPolicy' | 'inlinePolicy'> = {
    async managedPolicy(...args) {
      asked.push(args);
      return { found: true, value: { arn, name: 'wide', version: 'v2', isDefault: true, document: text } };
    },
    async inlinePolicy(...args) {
      asked.push(args);
      return { found: true, value: text };
    },
  };
  return { asked, directory };
};
const managed: Partial<Verdict> = { policies: [{ kind: 'managed', name: 'wide', arn, version: 'v2', active: true }] };
const at = (statement: number, more: { policy?: string; sid?: string } = {}) => ({
  statement,
  pointer: `/Statement/${statement}`,
  ...more,
});

describe('the statements of a verdict', () => {
  it('are those of the very version of a managed policy', async () => {
    const { asked, directory } = directoryOf();
    const { statementOf } = await quoteStatements(aVerdict(managed), directory);
    expect(asked).toEqual([[arn, 'v2']]);
    expect(statementOf?.(at(0, { policy: 'wide', sid: 'Wide' }))).toBe(
      '{\n  "Sid": "Wide",\n  "Effect": "Allow",\n  "Action": "*",\n  "Resource": "*"\n}',
    );
    expect(statementOf?.(at(1))).toContain('Deny');
  });

  it('are those of an inline policy of the subject, URL-encoded as IAM gives it', async () => {
    const { asked, directory } = directoryOf(encodeURIComponent(JSON.stringify({ Statement: { Effect: 'Allow' } })));
    const { statementOf } = await quoteStatements(aVerdict({ subject: { type: 'group', name: 'admins', account: '1' } }), directory);
    expect(asked).toEqual([[{ type: 'group', name: 'admins' }, 'all']]);
    expect(statementOf?.(at(0))).toContain('Allow');
  });

  it('are not of another policy, not beyond the end, and not with another Sid than by the event', async () => {
    const { statementOf } = await quoteStatements(aVerdict(managed), directoryOf().directory);
    expect(
      [at(0, { policy: 'other' }), at(7), at(0), at(0, { sid: 'Narrow' }), at(1, { sid: 'Wide' })].map((each) => statementOf?.(each)),
    ).toEqual(Array(5).fill(undefined));
  });

  it('are not asked for where the call failed, or no policy is named', async () => {
    const { asked, directory } = directoryOf();
    expect(await quoteStatements(aVerdict({ ...managed, outcome: 'attempted' }), directory)).toEqual({});
    expect(await quoteStatements(aVerdict({ policies: [] }), directory)).toEqual({});
    expect(await quoteStatements(aVerdict({ policies: [{ kind: 'inline', active: true }] }), directory)).toEqual({
      unquoted: 'the event does not name the policy',
    });
    expect(asked).toEqual([]);
  });

  it('hold back no message: why they could not be read is said', async () => {
    const failing = { ...directoryOf().directory, inlinePolicy: () => Promise.reject(new Error('Throttling')) };
    expect(await quoteStatements(aVerdict(), failing)).toEqual({ unquoted: 'Throttling' });
    const absent = { ...failing, inlinePolicy: async () => ({ found: false, why: 'absent', detail: 'no such policy' }) as const };
    expect(await quoteStatements(aVerdict(), absent)).toEqual({ unquoted: 'no such policy' });
    expect(await quoteStatements(aVerdict(), directoryOf('{').directory)).toEqual({ unquoted: expect.stringContaining('JSON') });
    const { statementOf } = await quoteStatements(aVerdict(), directoryOf('{"Statement":[null,7]}').directory);
    expect(statementOf?.(at(0, { sid: 'Wide' }))).toBeUndefined();
  });
});
