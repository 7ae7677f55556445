import { type Channels, type ChannelsFile, defaultChannels, gathers } from '../schemas/channels.ts';
import { bySeverity } from '../schemas/severity.ts';
import { visible } from '../schemas/visible-text.ts';
import { withoutComments } from './without-comments.ts';

/** What is wrong with channels: the place, and the way out. */
export type ChannelsFault = string;

const single = ['mail', 'chat', 'slack', 'author'] as const;
const longestName = 60;

/** The channels with every default filled in. */
export function completeChannels(file: ChannelsFile): Channels {
  return {
    mail: { ...defaultChannels.mail, ...withoutComments(file.mail ?? {}) },
    chat: { ...defaultChannels.chat, ...withoutComments(file.chat ?? {}) },
    slack: { ...defaultChannels.slack, ...withoutComments(file.slack ?? {}) },
    author: { ...defaultChannels.author, ...withoutComments(file.author ?? {}) },
    securityHub: { ...defaultChannels.securityHub, ...withoutComments(file.securityHub ?? {}) },
    digest: { ...defaultChannels.digest, ...withoutComments(file.digest ?? {}) },
  };
}

/** What cannot be meant, although it keeps the schema. */
export function faultsOfChannels(channels: Channels): ChannelsFault[] {
  const { slack, author } = channels;
  const domains = author.domains.map((domain) => domain.toLowerCase());
  const strangers = Object.entries(author.addresses).filter(([, address]) => !domains.includes(address.split('@')[1]?.toLowerCase() ?? ''));
  return [
    ...(slack.enabled && slack.webhook === undefined
      ? ['/channels/slack/webhook is missing: say where its URL is kept, as `ssm:/NAME` or `secretsmanager:NAME`']
      : []),
    ...(author.enabled && author.from === undefined
      ? ['/channels/author/from is missing: name the sender, an identity that Amazon SES has verified']
      : []),
    ...(author.enabled && author.domains.length === 0
      ? ['/channels/author/domains is missing or empty: name the domains that may be written to']
      : []),
    ...strangers.map(([name]) => `/channels/author/addresses/${shown(name)} is of no domain in /channels/author/domains: add it there`),
    ...(gathers(channels) ? single : [])
      .filter((name) => channels[name].enabled && bySeverity(channels[name].minSeverity, 'high') > 0)
      .map(
        (name) =>
          `/channels/${name}/minSeverity is \`${channels[name].minSeverity}\`, but low and medium verdicts go out as a digest: set it to \`high\`, or /channels/digest/enabled to false`,
      ),
  ];
}

function shown(name: string): string {
  return visible(name.length > longestName ? `${name.slice(0, longestName)}…` : name);
}
