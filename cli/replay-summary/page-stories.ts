import { plural } from '../input-talk.ts';
import { badge, code, dim, facts, folded, list, moment, paragraph, plain } from '../page/parts.ts';
import { type Content, type Html, template } from '../page/template.ts';
import type { ReplaySummary, Story, StoryLine } from './summary.ts';
import { hourOf, shortTime } from './times.ts';

const article = template<{ readonly id: string; readonly heading: Content; readonly body: Content }>(
  '<article class="finding" aria-labelledby="<%= it.id %>"><h3 id="<%= it.id %>"><%= it.heading %></h3><%= it.body %></article>\n',
);

/** The stories, each change with the ids of its events. */
export function storiesBody({ stories, accounts }: ReplaySummary): Html {
  return plain(stories.map((story, index) => articleOf(story, index, accounts.length > 1)));
}

function articleOf({ user, account, word, lines, untold }: Story, index: number, named: boolean): Html {
  const { of } = shortTime(lines.map(({ time }) => time));
  return article({
    id: `story-${index + 1}`,
    heading: [badge(word), ' ', user, named ? ` of account ${account}` : ''],
    body: [
      lines[0] === undefined ? '' : dim(['begins ', moment(lines[0].time)]),
      facts(lines.map((line) => ({ name: timeOf(line, of), value: told(line) }))),
      untold > 0 ? paragraph(`and ${untold} milder`) : '',
    ],
  });
}

function timeOf({ time, until }: StoryLine, of: (time: string) => string): string {
  return until === undefined ? of(time) : `${of(time)} to ${hourOf(until)}`;
}

function told({ text, word, eventIds }: StoryLine): Content {
  const [only] = eventIds;
  const ids: Content =
    eventIds.length === 1
      ? code(only ?? '')
      : folded({ summary: plural(eventIds.length, 'event'), body: list(eventIds.map((id) => code(id))) });
  return [badge(word), ' ', text, ' ', ids];
}
