import { describe, expect, it } from 'vitest';
import { actorKey, digestMailOf } from '../../../alerts/messages/digest-mail.ts';
import { mailOf } from '../../../alerts/messages/mail.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import { aFinding, aVerdict } from '../verdicts.ts';

const background = { rationales: new Map([['admin-access', 'It allows everything']]) };
const minute = (index: number) => `2026-03-01T10:${String(index).padStart(2, '0')}:00Z`;
const verdicts = (count: number, overrides: (index: number) => Partial<Verdict> = () => ({})): [Verdict, ...Verdict[]] => {
  const [first, ...more] = Array.from({ length: count }, (_, index) => {
    const severity = index % 2 === 0 ? ('low' as const) : ('medium' as const);
    const finding = aFinding({ rule: 'policy-attached-directly', severity });
    const event = { ...aVerdict().event, time: minute(index), id: `event-${index}` };
    return aVerdict({ id: `event-${index}`, severity, findings: [finding], event, summary: `alice did ${index}.`, ...overrides(index) });
  });
  if (first === undefined) throw new Error('a digest of nothing');
  return [first, ...more];
};

describe('a digest', () => {
  it('of one verdict is the mail of that verdict', () => {
    const [verdict] = verdicts(1);
    expect(digestMailOf([verdict], background)).toEqual(mailOf(verdict, background));
  });

  it('says who, where, when and how many, and each verdict, worst first', () => {
    const { subject, body } = digestMailOf(verdicts(3), background);
    expect(subject).toBe('DIGEST: 3 changes by user alice, 1 medium and 2 low');
    expect(body).toBe(`DIGEST: 3 changes by user alice, 1 medium and 2 low. None of them is urgent.

Who      user alice
Where    account 123456789012
When     2026-03-01T10:00:00Z to 2026-03-01T10:02:00Z
Rules    policy-attached-directly (3)

1 of 3, MEDIUM, 2026-03-01T10:01:00Z: alice did 1.
    Do first: Name the actions in use.
    Verdict event-1

2 of 3, LOW, 2026-03-01T10:00:00Z: alice did 0.
    Do first: Name the actions in use.
    Verdict event-0

3 of 3, LOW, 2026-03-01T10:02:00Z: alice did 2.
    Do first: Name the actions in use.
    Verdict event-2
`);
  });

  it('of very many names forty, and stays within what a topic takes', () => {
    const { body } = digestMailOf(
      verdicts(60, (index) => ({ summary: `${index} ${'é'.repeat(9_000)}` })),
      background,
    );
    expect(body).toContain('\n40 of 60, ');
    expect(body).not.toContain('\n41 of 60, ');
    expect(body).toContain('... and 20 more; the event bus carried them all.');
    expect(new TextEncoder().encode(body).length).toBeLessThan(256_000);
  });

  it('keeps hostile names as text: one line each, no link, nothing unseen', () => {
    const actor = { type: 'IAMUser', name: 'eve\r\nBcc: all@example.com \u202ehttps://evil.example', accountId: '123456789012' };
    const { subject, body } = digestMailOf(
      verdicts(2, () => ({ actor, summary: 'x\nCRITICAL: https://evil.example \u0007' })),
      background,
    );
    expect(subject).toMatch(/^[ -~]{1,99}$/);
    expect(body).not.toMatch(/https:\/\/evil|\p{Cf}|\r|^CRITICAL|^Bcc/mu);
  });
});

describe('the key of an actor', () => {
  const key = (actor: Verdict['actor'], account = '123456789012') => actorKey(aVerdict({ actor, event: { ...aVerdict().event, account } }));

  it('tells apart users, accounts, sessions of one role, and actors without a name', () => {
    const keys = [
      key({ type: 'IAMUser', name: 'alice' }),
      key({ type: 'IAMUser', name: 'bob' }),
      key({ type: 'IAMUser', name: 'alice' }, '210987654321'),
      key({ type: 'AssumedRole', name: 'alice', session: 'a' }),
      key({ type: 'AssumedRole', name: 'alice', session: 'b' }),
      key({ type: 'Unknown', arn: 'arn:aws:iam::123456789012:user/a' }),
      key({ type: 'Unknown', arn: 'arn:aws:iam::123456789012:user/b' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is one for all that one actor does', () => {
    expect(new Set(verdicts(9).map(actorKey)).size).toBe(1);
  });
});
