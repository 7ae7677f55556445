import { badge, command, list, moment, paragraph } from '../page/parts.ts';
import { table } from '../page/table.ts';
import { type Content, type Html, template } from '../page/template.ts';
import type { ReplaySummary, UserInNeed } from './summary.ts';
import { verdictWords } from './words.ts';

const mostFirst = 3;
const stands: readonly string[] = [...verdictWords, 'clear', 'deleted'];

const first = template<readonly Content[]>(
  '<div class="first"><h2>What first</h2><ol><% for (const one of it) { %><li><div><%= one %></div></li><% } %></ol></div>',
);

/** The first things to do: one for each of the first users. */
export function firstUsers({ users }: ReplaySummary): Content {
  const now = users.filter((user) => user.stands !== 'deleted' && user.stands !== 'clear').slice(0, mostFirst);
  if (now.length === 0) return undefined;
  return first(
    now.map(({ user, stands: word, first: { what, command: text } }) => [
      paragraph([badge(word), ' ', user, ': ', what]),
      text === undefined ? '' : command(text),
    ]),
  );
}

/** The users to look at: why, since when, what changed last and by whom, and what to do. */
export function usersTable({ users, accounts }: ReplaySummary): Html {
  return table({
    id: 'users-table',
    caption: 'Users to look at, most in need first',
    noun: 'user',
    columns: [
      { title: 'User' },
      { title: 'At the end', choice: 'At the end', width: 'narrow' },
      { title: 'Why, and what to do', width: 'wide', unsorted: true },
      { title: 'Since' },
    ],
    rows: users.map((user) => [
      { content: accounts.length > 1 ? `${user.user} of account ${user.account}` : user.user, key: user.user },
      { content: badge(user.stands), key: stands.indexOf(user.stands), words: [user.stands] },
      {
        content: [
          list([...user.why, ...lastOf(user)]),
          paragraph(['To do: ', user.first.what]),
          user.first.command === undefined ? '' : command(user.first.command),
        ],
      },
      { content: moment(user.since), key: user.since },
    ]),
  });
}

function lastOf({ last }: UserInNeed): Content[] {
  return last === undefined ? [] : [['last changed ', moment(last.time), ': ', last.by, ' ', last.deed]];
}
