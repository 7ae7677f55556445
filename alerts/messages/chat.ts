import type { Finding } from '../../schemas/finding.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { visible } from '../../schemas/visible-text.ts';
import type { Background } from './background.ts';
import { consoleLinks } from './console-links.ts';
import { fitText } from './fit-text.ts';
import { code, codeBlock, prose } from './mrkdwn.ts';
import { lapsedNote, placeOf, storyOf } from './story.ts';

/**
 * A custom notification of Amazon Q Developer in chat applications, published to SNS as JSON. It is written in the Markdown of the chat
 * that it goes to, which may be Slack or Microsoft Teams.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export interface ChatNotification {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

/** What a notification is kept to, in characters and items. */
export const chatLimits = {
  id: 100,
  title: 250,
  description: 8_000,
  nextSteps: 10,
  nextStep: 350,
  keywords: 10,
  keyword: 75,
  threadId: 100,
  summary: 300,
  eventType: 100,
  resources: 10,
  resource: 250,
  context: 250,
} as const;

const longText = 1_000;
const shortText = 300;
const shownFindings = 3;

/** A verdict as a notification in chat; all about one subject is one thread. */
export function chatNotificationOf(verdict: Verdict, background: Background): ChatNotification {
  const story = storyOf(verdict, background);
  const { subject, policies, event } = verdict;
  const more = story.findings.length - shownFindings;
  const description = [
    prose(verdict.summary, longText),
    `*Who:* ${prose(story.who, shortText)}`,
    `*To whom:* ${prose(story.whom, shortText)}`,
    `*When:* ${prose(`${story.when}, ${story.where}`, shortText)}`,
    `*Why it matters:* ${prose(story.why, longText)}`,
    ...story.findings.slice(0, shownFindings).map((finding) => findingText(finding, background)),
    ...(more > 0 ? [`… and ${more} more findings; the verdict on the event bus holds them all.`] : []),
  ];
  const steps = [
    `Do first: ${story.command === undefined ? prose(story.advice, shortText) : code(story.command, shortText)}`,
    ...story.findings.slice(0, shownFindings).map(({ remediation }) => prose(remediation.summary, shortText)),
    ...consoleLinks(verdict)
      .map(({ label, url }) => `${label}: ${url}`)
      .filter((step) => step.length <= chatLimits.nextStep),
  ];
  const resources = [subject.arn, ...policies.map(({ arn }) => arn)].filter((arn) => arn !== undefined);
  return {
    version: '1.0',
    source: 'custom',
    id: keyOf(verdict.id, chatLimits.id),
    content: {
      textType: 'client-markdown',
      title: prose(`${story.label}: ${story.title}`, chatLimits.title),
      description: description.join('\n'),
      nextSteps: [...new Set(steps)].slice(0, chatLimits.nextSteps),
      keywords: [...new Set([story.label, ...story.findings.map(({ rule }) => rule)])]
        .slice(0, chatLimits.keywords)
        .map((keyword) => prose(keyword, chatLimits.keyword)),
    },
    metadata: {
      threadId: keyOf(`${subject.account}/${subject.type}/${subject.name ?? event.id}`, chatLimits.threadId),
      summary: prose(`${story.label}: ${verdict.summary}`, chatLimits.summary),
      eventType: prose(event.name, chatLimits.eventType),
      relatedResources: [...new Set(resources)].slice(0, chatLimits.resources).map((arn) => prose(arn, chatLimits.resource)),
      additionalContext: { verdict: prose(verdict.id, chatLimits.context), severity: verdict.severity, outcome: verdict.outcome },
    },
  };
}

function findingText(finding: Finding, { statementOf }: Background): string {
  const { rule, severity, message, evidence } = finding;
  const [first] = evidence;
  const statement = first && statementOf?.(first);
  const lapsed = lapsedNote(finding);
  return [
    `*${prose(rule, shortText)}* (${severity}): ${prose(message, shortText)}`,
    ...(lapsed === undefined ? [] : [prose(lapsed, shortText)]),
    ...(first === undefined ? [] : [`in ${code(placeOf(first), shortText)}`]),
    ...(statement === undefined ? [] : [codeBlock(statement, longText)]),
  ].join('\n');
}

/** An identifier, that nobody reads. */
function keyOf(text: string, limit: number): string {
  return fitText(visible(text.slice(0, limit + 1)), limit);
}
