import { visible } from '../../schemas/visible-text.ts';
import { gridRow } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { ReplaySummary, Story, StoryLine } from './summary.ts';
import { daysApart, shortTime } from './times.ts';

const gap = 2;
const idLength = 8;
/** Below this many columns the ids would leave no room for the story. */
const widthForIds = 80;

/** The stories, worst first, each change on a line, with the beginning of its event id where there is room. */
export function storiesText({ stories, moreStories, accounts }: ReplaySummary, width: number, paint: Paint): string {
  if (stories.length === 0) return '';
  const told = stories.map((story) => storyText(story, accounts.length > 1, width, paint));
  const more = moreStories > 0 ? [`and ${moreStories} more, milder`] : [];
  return [paint.bold(width < widthForIds ? 'Stories' : 'Stories (at the right, how the id of the event begins)'), ...told, ...more].join(
    '\n\n',
  );
}

function storyText({ user, account, word, lines, untold }: Story, named: boolean, width: number, paint: Paint): string {
  const times = lines.flatMap(({ time, until }) => [time, ...(until === undefined ? [] : [until])]);
  const short = shortTime(times);
  const idWidth = width < widthForIds ? 0 : Math.max(...lines.map((line) => idsOf(line).length));
  const wordWidth = Math.max(...lines.map((line) => line.word.length));
  const fixed = short.width + gap + wordWidth + gap + (idWidth > 0 ? idWidth + gap : 0);
  const grid = [
    { name: 'time', width: short.width },
    { name: 'word', width: wordWidth },
    { name: 'text', width: width - fixed },
    ...(idWidth > 0 ? [{ name: 'ids', width: idWidth }] : []),
  ];
  const head = `${paint.verdict(word)}  ${paint.bold(visible(user))}${named ? ` of account ${visible(account)}` : ''}, ${daysApart(times)}`;
  const rows = lines.map((line) =>
    gridRow(grid, { time: short.of(line.time), word: paint.verdict(line.word), text: visible(line.text), ids: paint.dim(idsOf(line)) }),
  );
  return [head, ...rows, ...(untold > 0 ? [`and ${untold} milder`] : [])].join('\n');
}

function idsOf({ eventIds: [first = '', ...others] }: StoryLine): string {
  return `${visible(first.slice(0, idLength))}${others.length > 0 ? ` +${others.length}` : ''}`;
}
