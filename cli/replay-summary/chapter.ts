import type { Person, Step } from './person.ts';
import type { StoryLine } from './summary.ts';
import { dayOf, hourOf, wholeTime } from './times.ts';
import { byWord } from './words.ts';

const mostSteps = 10;
const together = 60_000;

/** The life of a user as one sentence in the story of the user who created it. */
export function chapterOf(user: Person, creator: Person): StoryLine {
  const { steps, name, dropped } = user;
  const told = steps.slice(0, mostSteps);
  const untold = steps.length - told.length + dropped;
  const worst = steps.toSorted((a, b) => byWord(a.word, b.word))[0];
  const clauses = told.map((step, index) => {
    const before = told[index - 1];
    const isSame = before === undefined ? step.byUser === creator.key : step.by === before.by;
    const actor = isSame ? '' : `${step.by} `;
    const reason = step === worst && step.consequence !== undefined ? ` (${step.consequence})` : '';
    return `${joint(before, step)}${actor}${index === 0 ? step.deed : shortened(step.deed, name)}${reason}`;
  });
  return {
    time: steps[0]?.time ?? '',
    ...(steps.length > 1 ? { until: steps.at(-1)?.time ?? '' } : {}),
    text: `${clauses.join('')}${untold > 0 ? `, and ${untold} more` : ''}`,
    word: worst?.word ?? 'clean',
    eventIds: steps.map(({ eventId }) => eventId),
  };
}

function joint(before: Step | undefined, step: Step): string {
  if (before === undefined) return '';
  if (Date.parse(step.time) - Date.parse(before.time) <= together) return ', ';
  return `; ${dayOf(before.time) === dayOf(step.time) ? `at ${hourOf(step.time)}` : `on ${wholeTime(step.time)}`} `;
}

/** `created an access key for user bob` becomes `created an access key for it`, and `deleted an access key of user bob` `deleted an access key`. */
function shortened(deed: string, name: string): string {
  for (const user of [`the IAM user ${name}`, `user ${name}`]) {
    const at = deed.indexOf(user);
    if (at < 0) continue;
    const [before, after] = [deed.slice(0, at), deed.slice(at + user.length)];
    return before.endsWith(' of ') ? `${before.slice(0, -' of '.length)}${after}` : `${before}it${after}`;
  }
  return deed;
}
