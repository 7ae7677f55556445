import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authorMailOf } from '../../../alerts/messages/author-mail.ts';
import { runs } from '../../property-runs.ts';
import { aFinding, aVerdict } from '../verdicts.ts';
import { anyVerdict, hostileBackground, hostileNames } from './hostile.ts';

const statement =
  '{"Sid":"ReadTables","Effect":"Allow","Action":["dynamodb:Get*"],"Resource":"arn:aws:dynamodb:REGION:ACCOUNT:table/NAME"}';
const background = {
  rationales: new Map([['admin-access', 'Whoever holds it can do anything.']]),
  statementOf: () => '{\n  "Action": "*"\n}',
};
const finding = aFinding({
  message: 'allows every action on every resource',
  evidence: [{ policy: 'all', statement: 0, sid: 'Everything', pointer: '/Statement/0/Action' }],
  remediation: {
    summary: 'Name the actions in use',
    commands: ['aws iam delete-user-policy --user-name bob --policy-name all', statement],
    url: 'https://docs.aws.amazon.com/IAM/',
  },
});

describe('the e-mail to the author of a policy', () => {
  test('names the statement and what to write instead', () => {
    const mail = authorMailOf(aVerdict({ findings: [finding] }), background);
    expect(mail?.subject).toBe('Policy all allows more than it may need');
    expect(mail?.body).toContain(
      'In statement 1 (Sid Everything), at /Statement/0/Action: it allows every action on every resource.\n    {\n      "Action": "*"\n    }',
    );
    expect(mail?.body).toContain('Why that matters: Whoever holds it can do anything.');
    expect(mail?.body).toContain(`What to write instead: Name the actions in use.\n    ${statement}`);
  });

  test('blames nobody, and asks nobody to delete what they wrote', () => {
    const { subject, body } = authorMailOf(aVerdict({ findings: [finding] }), background) ?? { subject: '', body: '' };
    expect(`${subject}\n${body}`).not.toMatch(/critical|violat|wrong|mistake|you must|delete-user-policy/i);
    expect(body).toContain('Was it not you?');
  });

  test('says nothing of a policy that somebody else wrote', () => {
    const elsewhere = aFinding({ evidence: [{ policy: 'other', statement: 2, pointer: '/Statement/2' }] });
    const { body } = authorMailOf(aVerdict({ findings: [finding, elsewhere] }), background) ?? { body: '' };
    expect(body).not.toContain('statement 3');
  });

  test.each([
    ['an attached policy', aVerdict({ findings: [finding], event: { ...aVerdict().event, name: 'AttachUserPolicy' } })],
    ['a call that failed', aVerdict({ findings: [finding], outcome: 'attempted' })],
    ['what could not be judged', aVerdict({ findings: [], outcome: 'undetermined' })],
    ['a finding that is about no statement', aVerdict({ findings: [aFinding({ evidence: [] })] })],
    ['only other policies', aVerdict({ findings: [aFinding({ evidence: [{ policy: 'other', statement: 0, pointer: '' }] })] })],
    [
      'what somebody answers for',
      aVerdict({ findings: [{ ...finding, exception: { owner: 'a', reason: 'b', ticket: 'c', expires: '2027-01-01' } }] }),
    ],
  ])('is not written for %s', (_, verdict) => {
    expect(authorMailOf(verdict, background)).toBeUndefined();
  });

  test.each(hostileNames)('%s in a name stays text', (_, name) => {
    const hostile = aFinding({ evidence: [{ policy: name, statement: 0, sid: name, pointer: `/${name}` }], message: name });
    const verdict = aVerdict({ findings: [hostile], policies: [{ kind: 'inline', name, active: true }] });
    const mail = authorMailOf(verdict, { rationales: new Map() });
    const harmless = authorMailOf(aVerdict({ findings: [aFinding()] }), { rationales: new Map() });
    expect(mail?.subject).toMatch(/^[ -~]{1,99}$/);
    expect(mail?.body.split('\n')).toHaveLength(harmless?.body.split('\n').length ?? 0);
    expect(mail?.body.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    expect(mail?.body).not.toContain('://evil');
  });
});

test('whatever the verdict, an e-mail to an author is short and plain', () => {
  fc.assert(
    fc.property(anyVerdict, (verdict) => {
      const mail = authorMailOf({ ...verdict, outcome: 'flagged' }, hostileBackground);
      if (mail === undefined) return;
      expect(mail.subject).toMatch(/^[ -~]{1,99}$/);
      expect(mail.body.length).toBeLessThanOrEqual(40_000);
      expect(mail.body.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
    runs(100),
  );
});
