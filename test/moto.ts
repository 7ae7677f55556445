import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A running moto server: AWS, as far as moto imitates it. */
export interface Moto {
  /** The URL that every client takes as its endpoint. */
  readonly endpoint: string;
  /** Empties every account. */
  reset(): Promise<void>;
  /** From now on each call needs credentials and permission. It lasts until the server stops. */
  enforceIam(): Promise<void>;
  stop(): Promise<void>;
}

/** The account that moto plays. */
export const motoAccount = '123456789012';

/** What an SDK client needs to speak with moto. */
export function motoClientConfig(endpoint: string) {
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}

/**
 * True where `moto_server` can be run. Where it can't, it says in one line which suite is skipped; and it throws instead
 * where TRAILGUARD_REQUIRE_MOTO=1, so that CI never skips by accident.
 */
export function motoIsHere(suite: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, 'moto_server')))) return true;
  const missing = "`moto_server` is not on the PATH (`pip install 'moto[server]'`)";
  if (process.env.TRAILGUARD_REQUIRE_MOTO === '1') throw new Error(`${missing}, and TRAILGUARD_REQUIRE_MOTO=1`);
  process.stderr.write(`\n!!! SKIPPED: ${suite}: ${missing}\n\n`);
  return false;
}

/** Starts a server of its own on a free port, with the AWS managed policies. With `enforceIam`, nobody may do anything yet. */
export async function startMoto({ enforceIam = false }: { enforceIam?: boolean } = {}): Promise<Moto> {
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], {
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true', PYTHONUNBUFFERED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  const endpoint = await endpointOf(server);
  const moto: Moto = {
    endpoint,
    reset: () => post(`${endpoint}/moto-api/reset`),
    enforceIam: () => post(`${endpoint}/moto-api/reset-auth`, '0'),
    async stop() {
      process.off('exit', kill);
      if (server.exitCode !== null) return;
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
    },
  };
  if (enforceIam) await moto.enforceIam();
  return moto;
}

function endpointOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const hear = (line: string) => {
      said.push(line);
      const url = line.match(/Running on (http:\/\/127\.0\.0\.1:\d+)/)?.[1];
      if (url !== undefined) resolve(url);
    };
    for (const stream of [server.stdout, server.stderr]) if (stream !== null) createInterface({ input: stream }).on('line', hear);
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`moto_server ended with ${code}: ${said.join('\n')}`)));
  });
}

async function post(url: string, body?: string): Promise<void> {
  const response = await fetch(url, { method: 'POST', ...(body === undefined ? {} : { body }) });
  if (!response.ok) throw new Error(`moto answered ${response.status} to ${url}: ${await response.text()}`);
}
