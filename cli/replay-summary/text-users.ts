import { visible } from '../../schemas/visible-text.ts';
import { labelled, pasteable } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { ReplaySummary, UserInNeed } from './summary.ts';
import { wholeTime } from './times.ts';

const indent = 2;
const commandIndent = indent + 'since  '.length;

/** The users to look at, most in need first: why, since when, what changed last and by whom, and what to do. */
export function usersText({ users, moreUsers, unfollowed, accounts }: ReplaySummary, width: number, paint: Paint): string {
  if (users.length === 0) return '';
  const told = users.map((user) => userText(user, accounts.length > 1, width, paint));
  const more = moreUsers > 0 ? [`and ${moreUsers} more: --format jsonl has every verdict`] : [];
  const left = unfollowed > 0 ? [`Not followed, as others are worse: up to ${unfollowed} users with milder verdicts`] : [];
  return [paint.bold('Users to look at first'), ...told, ...more, ...left].join('\n\n');
}

function userText({ user, account, stands, why, since, last, first }: UserInNeed, named: boolean, width: number, paint: Paint): string {
  const place = { indent, width };
  const line = (label: string, text: string) => labelled(label.padEnd('since'.length), text, place, paint.dim);
  const isOver = stands === 'deleted' || stands === 'clear';
  return [
    `${paint.verdict(stands)}  ${paint.bold(visible(user))}${named ? ` of account ${visible(account)}` : ''}`,
    ...why.map((text) => line('why', text)),
    ...(isOver ? [] : [line('since', sinceWords(since, last))]),
    line('do', first.what),
    ...(first.command === undefined ? [] : [pasteable(first.command, commandIndent)]),
  ].join('\n');
}

function sinceWords(since: string, last: UserInNeed['last']): string {
  const [from, at] = [wholeTime(since), last && wholeTime(last.time)];
  if (last === undefined) return from;
  return `${from}${from === at ? '' : `; last changed ${at}`}: ${last.by} ${last.deed}`;
}
