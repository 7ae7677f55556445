import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const command = fileURLToPath(new URL('../../dist/trailguard.js', import.meta.url));

/** What a run of the built command answered. */
export interface Run {
  readonly out: string;
  readonly err: string;
  readonly status: number | null;
}

/** Runs the built command as a process of its own, at the project's root where no other folder is given, without a terminal. */
export function trailguard(
  words: readonly string[],
  { stdin = '', env = {}, cwd = root }: { stdin?: string; env?: Record<string, string>; cwd?: string } = {},
): Promise<Run> {
  const { NO_COLOR: _n, FORCE_COLOR: _f, ...rest } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...words], { cwd, env: { ...rest, ...env } });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject).on('close', (status) => resolve({ out, err, status }));
    child.stdin.on('error', () => {}).end(stdin);
  });
}

/** The value of each line of a text of JSON lines. Throws where a line is no JSON. */
export function jsonLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
