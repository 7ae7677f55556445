import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { aContext } from '../handlers/parts.ts';
import { packageFolder } from './project.ts';

const run = promisify(execFile);

/** What Lambda does around a handler: import it, call it with an event and a context, exit in error where it throws. An answer is a line. */
const runtime = `
const { handler } = await import(process.argv[1]);
const context = { ...JSON.parse(process.argv[3]), getRemainingTimeInMillis: () => 50_000 };
const answer = await handler(JSON.parse(process.argv[2]), context);
if (answer !== undefined && !Array.isArray(answer.batchItemFailures)) throw new Error('a handler must answer nothing, or what to try again');
if (answer !== undefined) console.log(JSON.stringify(answer));
`;

/** How an invocation ended: the lines that it wrote, and the error that it threw. */
export interface Invocation {
  readonly lines: readonly Record<string, unknown>[];
  readonly error?: string;
}

/** The bundle in a function's zip, unpacked: what Lambda would run. */
export const unzipped = async (folder: string, functionName: string, file: string): Promise<string> => {
  const target = join(folder, 'unzipped', functionName);
  await mkdir(target, { recursive: true });
  await run('python3', ['-m', 'zipfile', '-e', join(packageFolder(folder), `${functionName}.zip`), target]);
  return join(target, file);
};

const parsed = (output: string): Record<string, unknown>[] =>
  output.split('\n').flatMap((line) => (line.startsWith('{"') ? [JSON.parse(line)] : []));

/** Runs a bundle once in a container of its own, with `variables` as its whole environment. */
export const invoke = async (bundle: string, event: unknown, variables: Record<string, string>): Promise<Invocation> => {
  const args = ['--input-type=module', '--eval', runtime, pathToFileURL(bundle).href, JSON.stringify(event), JSON.stringify(aContext())];
  const env = {
    PATH: process.env.PATH ?? '',
    AWS_REGION: 'us-east-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...variables,
  };
  try {
    const { stdout } = await run(process.execPath, args, { env });
    return { lines: parsed(stdout) };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { lines: parsed(stdout + stderr), error: stderr || String(error) };
  }
};
