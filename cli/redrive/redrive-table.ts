import { visible } from '../../schemas/visible-text.ts';
import { plural } from '../input-talk.ts';
import { gridRow, labelled } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { MessageReport, Outcome, QueueReport, RedriveReport } from './report.ts';

const narrowest = 60;
const widest = 120;
const mostShown = 20;
const indent = 4;
const ageWidth = 6;
const resultWidth = 10;

const resultWords: Readonly<Record<Outcome, string>> = { planned: 'to redrive', done: 'done', failed: 'failed', refused: 'refused' };

/** The queues in which something lies or lay, with their messages; long lists are cut at twenty. */
export function redriveTable({ queues, stack, startedAt }: RedriveReport, columns: number, paint: Paint): string {
  const width = widthOf(columns);
  return queues
    .filter(({ messages, problem }) => messages.length > 0 || problem !== undefined)
    .map((queue) => tableOf(queue, { stack, startedAt }, width, paint))
    .join('\n\n');
}

/** The last lines: what was looked at, what was or would be done, what remains, and what to do next. */
export function redriveClosing({ stack, queues, counts, applied }: RedriveReport, columns: number, paint: Paint): string {
  const width = widthOf(columns);
  const seen = queues.reduce((sum, { messages }) => sum + messages.length, 0);
  const remaining = queues.reduce((sum, queue) => sum + (queue.remaining ?? 0), 0);
  const looked = `${plural(queues.length, 'queue')} looked at`;
  const unread = queues.some(({ problem }) => problem !== undefined);
  if (seen + remaining === 0 && !unread) return paint.bold(`nothing lies in ${visible(stack)}: ${looked}`);
  const words = (Object.keys(resultWords) as Outcome[])
    .filter((word) => counts[word] > 0)
    .map((word) => `${counts[word]} ${resultWords[word]}`);
  const left = queues.filter((queue) => (queue.remaining ?? 0) > 0).map((queue) => `${visible(queue.name)} ${queue.remaining}`);
  const lines = [
    paint.bold(`${plural(seen, 'message')} of ${visible(stack)}${words.length > 0 ? `: ${words.join(', ')}` : ''} (${looked})`),
    remaining > 0 ? `about ${remaining} ${remaining === 1 ? 'lies' : 'lie'} there now: ${left.join(', ')}` : 'nothing lies there any more',
  ];
  if (!applied && counts.planned > 0) lines.push('nothing was done: --apply takes them through the guard, and deletes those that succeed');
  if (counts.failed > 0) lines.push('what failed stays in its queue: mend the cause, then redrive again (docs/operations.md)');
  if (counts.refused > 0)
    lines.push('what was refused stays in its queue: somebody else may have sent it; look at it, then delete it by hand (docs/redrive.md)');
  if (unread) lines.push(paint.bold('not every queue could be looked at to its end'));
  return lines.map((line) => (line.length > width ? labelled('', line, { indent: 0, width }).trimStart() : line)).join('\n');
}

function tableOf(
  { name, messages, problem }: QueueReport,
  { stack, startedAt }: Pick<RedriveReport, 'stack' | 'startedAt'>,
  width: number,
  paint: Paint,
): string {
  const grid = [
    { name: 'age', width: ageWidth },
    { name: 'result', width: resultWidth },
    { name: 'event', width: width - ageWidth - resultWidth - 4 },
  ];
  const rows = messages
    .slice(0, mostShown)
    .flatMap((message) => [
      gridRow(grid, { age: age(message.sent, startedAt), result: resultWords[message.result], event: eventWords(message, stack) }),
      ...reasons(message, width, paint),
    ]);
  const more = messages.length - mostShown;
  return [
    paint.bold(`${visible(name)}: ${plural(messages.length, 'message')}`),
    ...rows,
    ...(more > 0 ? [`and ${more} more: --format json lists them`] : []),
    ...(problem === undefined ? [] : [labelled('not read', problem, { indent: 0, width }, paint.dim)]),
  ].join('\n');
}

function eventWords({ event, id, to }: MessageReport, stack: string): string {
  if (event === undefined) return visible(`message ${id}`);
  const words = [
    event.name,
    ...(event.id === undefined ? [] : [event.id]),
    ...(to === undefined ? [] : [`to ${to.replace(`${stack}-`, '')}`]),
  ];
  return visible(words.join(', '));
}

function reasons({ why, detail }: MessageReport, width: number, paint: Paint): string[] {
  const place = { indent, width };
  return [
    ...(why === undefined ? [] : [labelled('why', short(why), place, paint.dim)]),
    ...(detail === undefined ? [] : [labelled('but', short(detail), place, paint.dim)]),
  ];
}

/** An error of a function can be a page. */
function short(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function age(sent: string, at: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(at) - Date.parse(sent)) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / (24 * 60))} d`;
}

function widthOf(columns: number): number {
  return Math.min(widest, Math.max(narrowest, columns));
}
