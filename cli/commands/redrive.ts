import { type Command, InvalidArgumentError, Option } from 'commander';
import { examplesHelp } from './examples.ts';
import type { CommandFrame } from './frame.ts';

const examples = examplesHelp(
  [
    ['trailguard redrive', 'what lies in the queues of stack trailguard-dev, and why'],
    ['trailguard redrive --apply', 'take it through the guard again; what succeeds is deleted'],
    ['trailguard redrive --stage prod --queue FailedEvents --limit 1 --apply', 'one message of one queue'],
    ['trailguard redrive --format json | jq .counts', 'the same in numbers'],
  ],
  `A verdict has the same id however often its event is judged: docs/redrive.md.
Exit status: 0 all is well, 2 a message or a queue could not be dealt with.`,
);

interface Given {
  readonly format: 'text' | 'json';
  readonly apply: boolean;
  readonly stage: string;
  readonly rate: number;
  readonly limit: number;
  readonly queue?: string;
  readonly region?: string;
}

/** Adds `trailguard redrive`. */
export function addRedrive(program: Command, { colourOf, done, terminal }: CommandFrame): void {
  program
    .command('redrive')
    .description('take events that lie in the queues of a deployed guard through it again')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .option('--apply', 'call the functions, and delete what succeeded', false)
    .option('--stage <stage>', 'the stage that the guard is deployed as', stage, 'dev')
    .option('--queue <queue>', 'only this queue: its name in the stack (FailedEvents), or a URL')
    .option('--rate <number>', 'most messages a second', positive, 5)
    .option('--limit <number>', 'most messages in all', whole, Number.POSITIVE_INFINITY)
    .option('--region <region>', 'AWS Region that the guard is deployed in')
    .addHelpText('after', examples)
    .action(async (options: Given, command: Command) => {
      const { runRedrive } = await import('../redrive/redrive.ts');
      done(await runRedrive({ ...options, colour: colourOf(command) }, terminal));
    });
}

function stage(text: string): string {
  if (!/^[A-Za-z0-9-]{1,100}$/.test(text)) throw new InvalidArgumentError('A stage is letters, digits and hyphens.');
  return text;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1_000)) throw new InvalidArgumentError('Give a number above 0 and up to 1000.');
  return value;
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 on.');
  return Number(text);
}
