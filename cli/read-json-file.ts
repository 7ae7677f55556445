import { readFile } from 'node:fs/promises';
import { visible } from '../schemas/visible-text.ts';
import { faultOf } from '../trails/list-files.ts';
import { UsageError } from './usage-error.ts';

/** The JSON value in a file that an option names. Throws a `UsageError` that names the option and the file. */
export async function readJsonFile(option: string, path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${option} \`${visible(path)}\`: ${faultOf(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${option} \`${visible(path)}\`: not JSON`);
  }
}
