import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slackMessageOf } from '../../../alerts/messages/slack.ts';
import { type SlackBlock, type SlackText, slackLimits } from '../../../alerts/messages/slack-block.ts';
import { runs } from '../../property-runs.ts';
import { aFinding, aVerdict } from '../verdicts.ts';
import { anyVerdict, hostileBackground, hostileNames } from './hostile.ts';
import { markupIn } from './read-mrkdwn.ts';

const background = { rationales: new Map([['admin-access', 'Whoever holds it can do anything.']]) };
const aliceId = 'U024BE7LH';
const ids = new Map([['alice', aliceId]]);

interface Part {
  readonly text: SlackText;
  readonly limit: number;
}

/** Every text of a block, and what each may hold at most. */
function partsOf(block: SlackBlock): Part[] {
  switch (block.type) {
    case 'header':
      return [{ text: block.text, limit: slackLimits.header }];
    case 'section':
      return 'text' in block
        ? [{ text: block.text, limit: slackLimits.section }]
        : block.fields.map((text) => ({ text, limit: slackLimits.field }));
    case 'actions':
      return block.elements.map(({ text }) => ({ text, limit: slackLimits.button }));
    case 'context':
      return block.elements.map((text) => ({ text, limit: slackLimits.context }));
    case 'divider':
      return [];
  }
}

const textsOf = (blocks: readonly SlackBlock[]): Part[] => blocks.flatMap(partsOf);

const said = (blocks: readonly SlackBlock[]) =>
  textsOf(blocks)
    .map(({ text }) => text.text)
    .join('\n');

describe('a Slack message about a verdict', () => {
  const { blocks, text } = slackMessageOf(aVerdict(), background, ids);

  test('begins with the severity and what is wrong, then one sentence', () => {
    expect(blocks.slice(0, 2)).toEqual([
      { type: 'header', text: { type: 'plain_text', text: 'CRITICAL: Full administrative access', emoji: false } },
      { type: 'section', text: { type: 'mrkdwn', text: 'alice put policy all on user bob: full administrative access.', verbatim: true } },
    ]);
    expect(text).toBe('CRITICAL: alice put policy all on user bob: full administrative access.');
  });

  test('has a button for the user in the console', () => {
    const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    expect(buttons[0]).toEqual({
      type: 'button',
      text: { type: 'plain_text', text: 'The user in IAM', emoji: false },
      url: 'https://console.aws.amazon.com/iam/home#/users/details/bob?section=permissions',
    });
  });

  test('shows each remedy, as code in which nothing is changed', () => {
    const commands = ['aws iam undo', '{"Action":["s3:Get*"]}', '{"Action":["s3:Put*"]}', 'aws one', 'aws two'];
    const finding = aFinding({ remediation: { summary: 'Narrow it', commands, url: 'https://docs.aws.amazon.com/' } });
    const shown = said(slackMessageOf(aVerdict({ findings: [finding] }), background).blocks);
    expect(shown).toContain('*Do first*\n```\naws iam undo\n```');
    expect(shown).toContain('```\n{"Action":["s3:Get*"]}\n{"Action":["s3:Put*"]}\naws one\n```\n… and 1 more');
  });
});

describe('the mention of an author', () => {
  const mentions = (verdict: Parameters<typeof slackMessageOf>[0], known: ReadonlyMap<string, string>) =>
    said(slackMessageOf(verdict, background, known).blocks).match(/<@\w+>/g) ?? [];
  const role = 'AWSReservedSSO_DataEngineer_9c07d2e4b1a85f63';

  test('is of the IAM user that the configuration knows', () => {
    expect(mentions(aVerdict(), ids)).toEqual([`<@${aliceId}>`]);
  });

  test('is of the person behind a session of IAM Identity Center', () => {
    expect(mentions(aVerdict({ actor: { type: 'AssumedRole', name: role, session: 'alice', identityCenter: true } }), ids)).toEqual([
      `<@${aliceId}>`,
    ]);
  });

  test.each([
    ['a session that named itself', { type: 'AssumedRole', name: 'deploy', session: 'alice' }],
    ['a role that somebody named like one of Identity Center', { type: 'AssumedRole', name: role, session: 'alice' }],
    ['a user of another account', { type: 'IAMUser', name: 'alice', accountId: '999999999999' }],
    ['a federated session', { type: 'FederatedUser', name: 'bob', session: 'alice' }],
    ['root', { type: 'Root' }],
  ])('is left out for %s', (_, actor) => {
    expect(mentions(aVerdict({ actor }), ids)).toEqual([]);
  });

  test.each(['!channel', 'U1> <!here', 'C024BE7LH', 'u024be7lh', '', 'U024BE7LH\n'])('is left out where the id is `%s`', (id) => {
    expect(mentions(aVerdict(), new Map([['alice', id]]))).toEqual([]);
  });
});

describe('hostile names in Slack', () => {
  test.each(hostileNames)('%s stays text', (_, name) => {
    const verdict = aVerdict({
      summary: `alice put policy ${name} on user ${name}.`,
      subject: { type: 'user', name, account: '123456789012' },
      actor: { type: 'AssumedRole', name, session: name },
      event: { ...aVerdict().event, id: name, sourceIp: name, userAgent: name },
      findings: [
        aFinding({
          title: name,
          message: name,
          evidence: [{ policy: name, statement: 0, sid: name, pointer: `/${name}` }],
          remediation: { summary: name, commands: [`aws ${name}`, `{${name}`], url: 'https://docs.aws.amazon.com/' },
        }),
      ],
    });
    const { text, blocks } = slackMessageOf(verdict, { rationales: new Map(), statementOf: () => name }, ids);
    expect(markupIn(text)).toEqual([]);
    for (const { text: part } of textsOf(blocks)) if (part.type === 'mrkdwn') expect(markupIn(part.text)).toEqual([]);
  });

  test('a mention is shown as it is written', () => {
    expect(slackMessageOf(aVerdict({ summary: '<!channel> & co' }), background).text).toBe('CRITICAL: &lt;!channel&gt; &amp; co');
  });
});

test('whatever the verdict, a message keeps what Slack takes, and its markup', () => {
  fc.assert(
    fc.property(anyVerdict, (verdict) => {
      const { text, blocks } = slackMessageOf(verdict, hostileBackground);
      expect(blocks.length).toBeLessThanOrEqual(slackLimits.blocks);
      expect(markupIn(text)).toEqual([]);
      for (const { text: part, limit } of textsOf(blocks)) {
        expect(part.text.length).toBeGreaterThan(0);
        expect(part.text.length).toBeLessThanOrEqual(limit);
        if (part.type === 'mrkdwn') expect(markupIn(part.text)).toEqual([]);
      }
      for (const block of blocks) {
        if (block.type === 'actions') for (const { url } of block.elements) expect(url.length).toBeLessThanOrEqual(3_000);
      }
    }),
    runs(100),
  );
});
