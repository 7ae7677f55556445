/** Text that Slack shows as it is, or reads as mrkdwn. `verbatim` keeps it from making mentions and links of its own accord. */
export type SlackText =
  | { readonly type: 'plain_text'; readonly text: string; readonly emoji: false }
  | { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true };

/** A button that opens a page. */
export interface SlackButton {
  readonly type: 'button';
  readonly text: SlackText;
  readonly url: string;
}

/**
 * The blocks that a message of the guard is made of.
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
export type SlackBlock =
  | { readonly type: 'header'; readonly text: SlackText }
  | { readonly type: 'section'; readonly text: SlackText }
  | { readonly type: 'section'; readonly fields: readonly SlackText[] }
  | { readonly type: 'divider' }
  | { readonly type: 'actions'; readonly elements: readonly SlackButton[] }
  | { readonly type: 'context'; readonly elements: readonly SlackText[] };

/**
 * What Slack takes, in characters and elements.
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
export const slackLimits = { blocks: 50, header: 150, section: 3_000, field: 2_000, button: 75, context: 2_000 } as const;

/** Text that Slack shows as it is. */
export function plain(text: string): SlackText {
  return { type: 'plain_text', text, emoji: false };
}

/** Text that Slack reads as mrkdwn: whatever is foreign in it must be escaped. */
export function mrkdwn(text: string): SlackText {
  return { type: 'mrkdwn', text, verbatim: true };
}
