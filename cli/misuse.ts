import type { Command, CommanderError } from 'commander';
import { visible } from '../schemas/visible-text.ts';

/** The words as they were meant: to ask for help with a command that is not there is to name it, so that the like-named one is told. */
export function asked(words: readonly string[], program: Command): readonly string[] {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  const name = first === 'help' ? second : first;
  return name === undefined || name === 'help' || commandNamed(name, program) !== undefined ? words : [name];
}

/** What is wrong with a command line, in one line that ends with what to type next; undefined where the help was shown instead. */
export function misuse({ code, message }: CommanderError, words: readonly string[], program: Command): string | undefined {
  if (code === 'commander.help') return undefined;
  const command = words.map((word) => commandNamed(word, program)).find((found) => found !== undefined);
  const [fault = '', nearest = ''] = message.replace(/^error: /, '').split(/\n\((?=Did you mean )/);
  const said = visible(fault.replace(/\.$/, '')).replace(/'([^']+)'/g, '`$1`');
  const meant = nearest.replace(/^Did you mean (one of )?(.*)\?\)$/s, (_, __, names: string) => `: did you mean ${quoted(names)}?`);
  return `${said}${meant} (see \`trailguard ${command ? `${command.name()} ` : ''}--help\`)`;
}

function commandNamed(name: string, program: Command): Command | undefined {
  return program.commands.find((command) => command.name() === name);
}

function quoted(names: string): string {
  return names
    .split(', ')
    .map((name) => `\`${name}\``)
    .join(' or ');
}
