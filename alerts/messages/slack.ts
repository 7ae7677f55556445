import type { Finding } from '../../schemas/finding.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { visible } from '../../schemas/visible-text.ts';
import { authorKey } from './author.ts';
import type { Background } from './background.ts';
import { consoleLinks } from './console-links.ts';
import { fitText } from './fit-text.ts';
import { code, codeBlock, prose } from './mrkdwn.ts';
import { mrkdwn, plain, type SlackBlock, type SlackText, slackLimits } from './slack-block.ts';
import { lapsedNote, placeOf, type Story, storyOf } from './story.ts';

/**
 * What an incoming webhook is sent. `text` is what a notification shows.
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export interface SlackMessage {
  readonly text: string;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
  readonly blocks: readonly SlackBlock[];
}

/** Slack ids by the name of an IAM user or of a person in IAM Identity Center. */
export type SlackIds = ReadonlyMap<string, string>;

/** What the id of a Slack user looks like; nothing else is mentioned. */
export const slackIdPattern = '^[UW][A-Z0-9]{2,20}$';

const longText = 1_500;
const shortText = 500;
const shownFindings = 5;
const shownPlaces = 3;
const shownRemedies = 3;
const slackId = new RegExp(slackIdPattern);

/** A verdict as a Slack message that mentions its author, where `ids` knows who that is. */
export function slackMessageOf(verdict: Verdict, background: Background, ids: SlackIds = new Map()): SlackMessage {
  const story = storyOf(verdict, background);
  const more = story.findings.length - shownFindings;
  const links = consoleLinks(verdict);
  return {
    text: `${story.label}: ${prose(verdict.summary, longText)}`,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(fitText(visible(`${story.label}: ${story.title}`), slackLimits.header)) },
      section(prose(verdict.summary, longText)),
      { type: 'section', fields: fieldsOf(story, mentionOf(verdict, ids)) },
      section(`*Why it matters*\n${prose(story.why, longText)}`),
      section(`*Do first*\n${story.command === undefined ? prose(story.advice, longText) : codeBlock(story.command, longText)}`),
      ...story.findings.slice(0, shownFindings).flatMap((finding) => findingBlocks(finding, story.command, background)),
      ...(more > 0 ? [section(`… and ${more} more findings; the verdict on the event bus holds them all.`)] : []),
      ...story.excepted.slice(0, shownFindings).map((finding) => section(exceptedText(finding))),
      ...(links.length === 0
        ? []
        : [{ type: 'actions' as const, elements: links.map(({ label, url }) => ({ type: 'button' as const, text: plain(label), url })) }]),
      { type: 'context', elements: [mrkdwn(prose(`Trailguard, verdict ${verdict.id}, ${verdict.event.name}`, slackLimits.context))] },
    ],
  };
}

/** `<@U…>` for the author, where it is known for certain who that is and the configuration names a Slack id. */
function mentionOf(verdict: Verdict, ids: SlackIds): string | undefined {
  const key = authorKey(verdict);
  const id = key === undefined ? undefined : ids.get(key);
  return id !== undefined && slackId.test(id) ? `<@${id}>` : undefined;
}

function fieldsOf({ who, whom, when, where }: Story, mention: string | undefined): SlackText[] {
  const rows = [
    ['Who', `${mention === undefined ? '' : `${mention} `}${prose(who, shortText)}`],
    ['To whom', prose(whom, shortText)],
    ['When', prose(when, shortText)],
    ['Where', prose(where, shortText)],
  ] as const;
  return rows.map(([label, text]) => mrkdwn(`*${label}*\n${text}`));
}

function findingBlocks(finding: Finding, command: string | undefined, { statementOf }: Background): SlackBlock[] {
  const { rule, severity, message, evidence, remediation } = finding;
  const [first] = evidence;
  const statement = first && statementOf?.(first);
  const lapsed = lapsedNote(finding);
  const places = evidence.slice(0, shownPlaces).map((each) => `in ${code(placeOf(each), shortText / 2)}`);
  const what = [
    `*${prose(rule, shortText / 2)}* (${severity}): ${prose(message, shortText)}`,
    ...(lapsed === undefined ? [] : [prose(lapsed, shortText / 2)]),
    ...places,
    ...(evidence.length > shownPlaces ? [`… and ${evidence.length - shownPlaces} more places`] : []),
  ].join('\n');
  const remedies = remediation.commands.filter((each) => each !== command);
  const fix = [
    `*What to do:* ${prose(remediation.summary, shortText)}`,
    ...(remedies.length === 0 ? [] : [codeBlock(remedies.slice(0, shownRemedies).join('\n'), longText)]),
    ...(remedies.length > shownRemedies ? [`… and ${remedies.length - shownRemedies} more`] : []),
  ];
  const quoted = statement === undefined ? [] : [section(codeBlock(statement, longText))];
  return [{ type: 'divider' }, section(what), ...quoted, section(fix.join('\n'))];
}

function exceptedText({ rule, severity, exception }: Finding): string {
  return prose(`Not alerted: ${rule} (${severity}); ${exception?.owner} answers for it until ${exception?.expires}`, shortText);
}

/** Every part of it is cut before it comes here, so that no cut falls into an escape. */
function section(text: string): SlackBlock {
  return { type: 'section', text: mrkdwn(text) };
}
