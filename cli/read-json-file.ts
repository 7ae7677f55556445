import { readFile } from 'node:fs/promises';
import { syntaxError } from '../policy/json-tree.ts';
import { visible } from '../schemas/visible-text.ts';
import { faultOf } from '../trails/list-files.ts';
import { UsageError } from './usage-error.ts';

/** The JSON value in a file that an option names. Throws a `UsageError` that names the option and the file. */
export async function readJsonFile(option: string, path: string): Promise<unknown> {
  return (await readJsonText(option, path)).value;
}

/** The JSON value in a file that an option names, with its text. Throws a `UsageError` that names the option, the file and the line. */
export async function readJsonText(option: string, path: string): Promise<{ readonly text: string; readonly value: unknown }> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${option} \`${visible(path)}\`: ${faultOf(error)}`);
  }
  try {
    return { text, value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { line } = syntaxError(text);
    throw new UsageError(`${option} \`${visible(path)}\`: not JSON${line === undefined ? '' : ` (line ${line})`}`);
  }
}
