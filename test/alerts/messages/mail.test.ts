import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mailOf } from '../../../alerts/messages/mail.ts';
import { runs } from '../../property-runs.ts';
import { aFinding, aVerdict } from '../verdicts.ts';
import { anyVerdict, hostileBackground, hostileNames } from './hostile.ts';

const background = { rationales: new Map([['admin-access', 'Whoever holds it can do anything.']]) };
const linesOf = (text: string) => text.split('\n');

describe('an e-mail about a verdict', () => {
  const command = 'aws iam delete-user-policy --user-name bob --policy-name all';
  const statement = '{"Sid":"Read","Effect":"Allow"}';
  const verdict = aVerdict({
    findings: [
      aFinding({
        evidence: [{ policy: 'all', statement: 0, sid: 'Everything', pointer: '/Statement/0/Action' }],
        remediation: { summary: 'Name the actions in use', commands: [command, statement], url: 'https://docs.aws.amazon.com/IAM/' },
      }),
    ],
  });
  const { subject, body } = mailOf(verdict, { ...background, statementOf: ({ sid }) => `{\n\t"Sid": "${sid}"\n}` });

  test('says all in its subject', () => {
    expect(subject).toBe('CRITICAL: alice put policy all on user bob: full administrative access.');
  });

  test('says who, what, to whom, why and how to take it back in its first five lines', () => {
    expect(linesOf(body).slice(0, 5)).toEqual([
      'CRITICAL: alice put policy all on user bob: full administrative access.',
      'Who             user alice',
      'To whom         user bob (arn:aws:iam::123456789012:user/bob)',
      'Why it matters  Whoever holds it can do anything.',
      `Do first        ${command}`,
    ]);
  });

  test('shows the statement, where it is, and what to write instead', () => {
    expect(body).toContain(
      '  In policy all, statement 1 (Sid Everything), at /Statement/0/Action\n    {\n      "Sid": "Everything"\n    }\n',
    );
    expect(body).toContain(`  What to do: Name the actions in use\n  Write instead:\n    ${statement}\n`);
  });

  test('links into the console', () => {
    expect(body).toContain('The user in IAM:\n    https://console.aws.amazon.com/iam/home#/users/details/bob?section=permissions\n');
  });

  test('names the worst rule in a subject that must be cut', () => {
    const { subject: cut } = mailOf(aVerdict({ summary: `alice did ${'something '.repeat(20)}` }), background);
    expect(cut).toMatch(/^CRITICAL \(admin-access\): alice did something .*\.\.\.$/);
    expect(cut).toHaveLength(99);
  });

  test('begins with the worst finding and says how many it leaves out', () => {
    const many = Array.from({ length: 23 }, (_, index) => aFinding({ rule: `rule-${index}`, severity: index === 22 ? 'critical' : 'low' }));
    const { body: long } = mailOf(aVerdict({ findings: many }), background);
    expect(long).toContain('Finding 1 of 23: rule-22, critical');
    expect(long).toContain('... and 3 more findings');
  });

  test('says whose exception keeps a finding, and whose has ended', () => {
    const agreed = { owner: 'data team', reason: 'migration', ticket: 'SEC-7', expires: '2026-02-28' };
    const { body: text } = mailOf(aVerdict({ findings: [aFinding({ lapsed: agreed }), aFinding({ exception: agreed })] }), background);
    expect(text).toContain('The exception of data team (SEC-7) ended on 2026-02-28');
    expect(text).toContain('Not alerted: admin-access (critical); data team answers for it until 2026-02-28: migration');
    expect(text).toContain('Finding 1 of 1');
  });

  test.each([
    ['undetermined', 'UNDETERMINED', 'it is not called clean'],
    ['attempted', 'ATTEMPTED', 'somebody tried it'],
    ['suppressed', 'SUPPRESSED', 'Each finding has an exception'],
    ['clean', 'CLEAN', 'may be mended'],
  ] as const)('tells a verdict that is %s', (outcome, label, why) => {
    const { subject: about, body: text } = mailOf(aVerdict({ outcome, findings: [] }), background);
    expect(about.startsWith(`${label}: alice`)).toBe(true);
    expect(text).toContain(why);
  });
});

describe('hostile names in an e-mail', () => {
  test.each(hostileNames)('%s stays text', (_, name) => {
    const verdict = aVerdict({
      summary: `alice put a policy on user ${name}.`,
      subject: { type: 'user', name, account: '123456789012' },
      actor: { type: 'AssumedRole', name: 'deploy', session: name },
    });
    const harmless = mailOf(aVerdict({ summary: 'x', subject: { type: 'user', name: 'x', account: '123456789012' } }), background);
    const { subject, body } = mailOf(verdict, background);
    expect(subject).toMatch(/^[ -~]{1,99}$/);
    expect(linesOf(body)).toHaveLength(linesOf(harmless.body).length);
    expect(body.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    expect(body).not.toContain('://evil');
  });

  test('a letter that looks like another is written out in a subject', () => {
    expect(mailOf(aVerdict({ summary: '\u0430dmin left.' }), background).subject).toBe('CRITICAL: <U+0430>dmin left.');
  });
});

test('whatever the verdict, an e-mail is what SNS takes', () => {
  fc.assert(
    fc.property(anyVerdict, (verdict) => {
      const { subject, body } = mailOf(verdict, hostileBackground);
      expect(subject).toMatch(/^[A-Z][ -~]{0,98}$/);
      expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(256 * 1024);
      expect(body.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
    runs(100),
  );
});
