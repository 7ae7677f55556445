import { visible } from '../schemas/visible-text.ts';
import type { TrailItem, TrailProblem } from '../trails/trail-item.ts';
import type { Terminal } from './terminal.ts';

/** How many of one kind are named before the rest is only counted. */
const mostNamed = 20;

/** Says on stderr what inputs could not be read, and counts what was passed over; `finish` tells what it did not name. */
export interface InputTalk {
  problem(problem: Omit<TrailProblem, 'kind'>): void;
  /** So many more problems of one input, which are not named. */
  moreProblems(source: string, count: number): void;
  skipped(item: Extract<TrailItem, { kind: 'skipped' }>): void;
  /** So many more inputs were passed over, which are not named. */
  moreSkipped(count: number): void;
  finish(): void;
  /** Whether anything could not be read. */
  readonly unread: boolean;
  /** Inputs that could not be read, or not wholly. */
  readonly unreadInputs: number;
}

/** A talk with the person who runs the command. A file of many bad lines is not told at full length. */
export function createInputTalk(terminal: Pick<Terminal, 'err'>): InputTalk {
  const problems = new Map<string, number>();
  const skips: string[] = [];
  let skipped = 0;
  return {
    problem(problem) {
      const count = (problems.get(problem.source) ?? 0) + 1;
      problems.set(problem.source, count);
      if (count <= mostNamed) terminal.err(`trailguard: ${visible(placeOf(problem))}: ${visible(problem.message)}`);
    },
    moreProblems(source, count) {
      problems.set(source, (problems.get(source) ?? 0) + count);
    },
    skipped({ source, why }) {
      skipped += 1;
      if (skips.length < mostNamed) skips.push(`${visible(source)} (${visible(why)})`);
    },
    moreSkipped(count) {
      skipped += count;
    },
    finish() {
      for (const [source, count] of problems) {
        if (count > mostNamed) terminal.err(`trailguard: ${visible(source)}: and ${count - mostNamed} more problems like these`);
      }
      if (skipped > 0) terminal.err(`${plural(skipped, 'file')} skipped: ${named(skips, skipped)}`);
    },
    get unread() {
      return problems.size > 0;
    },
    get unreadInputs() {
      return problems.size;
    },
  };
}

/** A list of which at most twenty are named. `count` is of all, where the list does not hold all. */
export function named(names: readonly string[], count = names.length): string {
  const more = count - mostNamed;
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
