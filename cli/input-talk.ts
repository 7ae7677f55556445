import { visible } from '../schemas/visible-text.ts';
import type { TrailItem, TrailProblem } from '../trails/trail-item.ts';
import type { Terminal } from './terminal.ts';

/** How many of one kind are named before the rest is only counted. */
const mostNamed = 20;

/** Says on stderr what inputs could not be read, and counts what was passed over; `finish` tells what it did not name. */
export interface InputTalk {
  problem(problem: Omit<TrailProblem, 'kind'>): void;
  skipped(item: Extract<TrailItem, { kind: 'skipped' }>): void;
  finish(): void;
  /** Whether anything could not be read. */
  readonly unread: boolean;
}

/** A talk with the person who runs the command. A file of many bad lines is not told at full length. */
export function createInputTalk(terminal: Pick<Terminal, 'err'>): InputTalk {
  const problems = new Map<string, number>();
  const skips: string[] = [];
  return {
    problem(problem) {
      const count = (problems.get(problem.source) ?? 0) + 1;
      problems.set(problem.source, count);
      if (count <= mostNamed) terminal.err(`trailguard: ${visible(placeOf(problem))}: ${visible(problem.message)}`);
    },
    skipped({ source, why }) {
      skips.push(`${visible(source)} (${visible(why)})`);
    },
    finish() {
      for (const [source, count] of problems) {
        if (count > mostNamed) terminal.err(`trailguard: ${visible(source)}: and ${count - mostNamed} more problems like these`);
      }
      if (skips.length > 0) terminal.err(`${plural(skips.length, 'file')} skipped: ${named(skips)}`);
    },
    get unread() {
      return problems.size > 0;
    },
  };
}

/** A list of which at most twenty are named. */
export function named(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return more > 0 ? `${names.slice(0, mostNamed).join(', ')} and ${more} more` : names.join(', ');
}

/** A count with its noun: `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function placeOf({ source, line, column, pointer }: Omit<TrailProblem, 'kind'>): string {
  const place = [source, line, column].filter((part) => part !== undefined).join(':');
  return pointer ? `${place}: ${pointer}` : place;
}
