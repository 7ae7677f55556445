import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChatNotification, chatLimits, chatNotificationOf } from '../../../alerts/messages/chat.ts';
import { runs } from '../../property-runs.ts';
import { aFinding, aVerdict } from '../verdicts.ts';
import { anyVerdict, hostileBackground, hostileNames } from './hostile.ts';
import { markupIn } from './read-mrkdwn.ts';

const background = { rationales: new Map([['admin-access', 'Whoever holds it can do anything.']]) };

/** The texts that are read as Markdown; links into the console are the guard's own. */
function markdownOf({ content, metadata }: ChatNotification): string[] {
  const steps = content.nextSteps.filter((step) => !step.includes(': https://console.'));
  const { summary, eventType, relatedResources, additionalContext } = metadata;
  return [
    content.title,
    content.description,
    ...steps,
    ...content.keywords,
    summary,
    eventType,
    ...relatedResources,
    ...Object.values(additionalContext),
  ];
}

describe('a notification in chat', () => {
  test('is what Amazon Q Developer in chat applications reads', () => {
    expect(chatNotificationOf(aVerdict(), background)).toEqual({
      version: '1.0',
      source: 'custom',
      id: '7f1c2a9e-1111-4222-8333-944455556666',
      content: {
        textType: 'client-markdown',
        title: 'CRITICAL: Full administrative access',
        description: [
          'alice put policy all on user bob: full administrative access.',
          '*Who:* user alice',
          '*To whom:* user bob (arn:aws:iam::123456789012:user/bob)',
          '*When:* 2026-03-01 10:00:00 UTC, account 123456789012, us-east-1',
          '*Why it matters:* Whoever holds it can do anything.',
          '*admin-access* (critical): Statement 0 allows every action on every resource.',
          'in `statement 1, at /Statement/0/Action`',
        ].join('\n'),
        nextSteps: [
          'Do first: Name the actions in use.',
          'Name the actions in use.',
          'The user in IAM: https://console.aws.amazon.com/iam/home#/users/details/bob?section=permissions',
          'The event in CloudTrail: https://console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/7f1c2a9e-1111-4222-8333-944455556666',
        ],
        keywords: ['CRITICAL', 'admin-access'],
      },
      metadata: {
        threadId: '123456789012/user/bob',
        summary: 'CRITICAL: alice put policy all on user bob: full administrative access.',
        eventType: 'PutUserPolicy',
        relatedResources: ['arn:aws:iam::123456789012:user/bob'],
        additionalContext: { verdict: '7f1c2a9e-1111-4222-8333-944455556666', severity: 'critical', outcome: 'flagged' },
      },
    });
  });

  test('about one subject is in one thread, whatever the rule', () => {
    const thread = (overrides: Parameters<typeof aVerdict>[0]) => chatNotificationOf(aVerdict(overrides), background).metadata.threadId;
    expect(thread({ id: 'other', findings: [aFinding({ rule: 'service-admin' })] })).toBe(thread({}));
    expect(thread({ subject: { type: 'role', name: 'bob', account: '123456789012' } })).not.toBe(thread({}));
  });
});

describe('hostile names in chat', () => {
  test.each(hostileNames)('%s stays text', (_, name) => {
    const verdict = aVerdict({
      summary: `alice put policy ${name} on user ${name}.`,
      subject: { type: 'user', name, arn: name, account: '123456789012' },
      actor: { type: 'AssumedRole', name, session: name },
      event: { ...aVerdict().event, name, sourceIp: name },
      findings: [
        aFinding({
          title: name,
          message: name,
          evidence: [{ policy: name, statement: 0, sid: name, pointer: `/${name}` }],
          remediation: { summary: name, commands: [`aws ${name}`], url: 'https://docs.aws.amazon.com/' },
        }),
      ],
    });
    for (const text of markdownOf(chatNotificationOf(verdict, { rationales: new Map(), statementOf: () => name }))) {
      expect(markupIn(text)).toEqual([]);
    }
  });
});

test('whatever the verdict, a notification keeps its limits, and its markup', () => {
  fc.assert(
    fc.property(anyVerdict, (verdict) => {
      const notification = chatNotificationOf(verdict, hostileBackground);
      const { id, content, metadata } = notification;
      expect(id.length).toBeLessThanOrEqual(chatLimits.id);
      expect(content.title.length).toBeLessThanOrEqual(chatLimits.title);
      expect(content.description.length).toBeLessThanOrEqual(chatLimits.description);
      expect(content.nextSteps.length).toBeLessThanOrEqual(chatLimits.nextSteps);
      for (const step of content.nextSteps) expect(step.length).toBeLessThanOrEqual(chatLimits.nextStep);
      expect(content.keywords.length).toBeLessThanOrEqual(chatLimits.keywords);
      for (const keyword of content.keywords) expect(keyword.length).toBeLessThanOrEqual(chatLimits.keyword);
      expect(metadata.threadId.length).toBeLessThanOrEqual(chatLimits.threadId);
      expect(metadata.summary.length).toBeLessThanOrEqual(chatLimits.summary);
      for (const resource of metadata.relatedResources) expect(resource.length).toBeLessThanOrEqual(chatLimits.resource);
      for (const text of markdownOf(notification)) expect(markupIn(text)).toEqual([]);
      expect(new TextEncoder().encode(JSON.stringify(notification)).length).toBeLessThan(256 * 1024);
    }),
    runs(100),
  );
});
