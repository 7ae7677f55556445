import { readFile } from 'node:fs/promises';
import { collect } from '../trails/collect.ts';
import { decodeText } from '../trails/decode-text.ts';
import { faultOf, isFolder, listFiles } from '../trails/list-files.ts';

/** The text of one document to judge, a reason why there is none, or a file of a folder that is no policy. */
export type PolicyInput =
  | { readonly source: string; readonly text: string }
  | { readonly source: string; readonly fault: string }
  | { readonly source: string; readonly skipped: string };

/** Reads policy documents: files, the `*.json` files of folder trees by path, and standard input for `-`. */
export async function* readPolicyInputs(paths: readonly string[], stdin: AsyncIterable<Uint8Array>): AsyncIterable<PolicyInput> {
  for (const path of paths) {
    if (path === '-') yield decoded(path, await collect(stdin));
    else if (await isFolder(path)) yield* readFolder(path);
    else yield await readOne(path);
  }
}

async function* readFolder(folder: string): AsyncIterable<PolicyInput> {
  const { files, others } = await listFiles(folder);
  for (const other of others) if (other.kind === 'problem') yield { source: other.source, fault: other.message };
  let policies = 0;
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    const input = await readOne(file);
    const isStranger = 'text' in input && isForeignJson(input.text);
    if (!isStranger) policies += 1;
    yield isStranger ? { source: file, skipped: 'JSON that is no policy' } : input;
  }
  if (policies === 0) yield { source: folder, fault: 'no policy document (`*.json` with a `Statement`) in this folder' };
}

/** JSON that does not parse may be a policy gone wrong, and must not pass for something else. */
function isForeignJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value !== 'object' || value === null || !('Statement' in value);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

async function readOne(path: string): Promise<PolicyInput> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return { source: path, fault: faultOf(error) };
  }
  return decoded(path, bytes);
}

function decoded(source: string, bytes: Uint8Array): PolicyInput {
  const result = decodeText(bytes);
  return 'why' in result ? { source, fault: result.why } : { source, text: result.text };
}
