import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a webhook answers to a message; `hang` never does. */
export type Answer = number | 'hang' | { readonly status: number; readonly location: string };

/** A webhook on this machine: it keeps what it was sent. */
export interface WebhookServer {
  /** The real `fetch`, but for the place: whatever https URL it is given, its path goes to this server. */
  readonly fetch: typeof fetch;
  readonly received: { readonly path: string; readonly type: string; readonly body: unknown }[];
  /** Answers to come, in order; 200 where there is none. */
  readonly answers: Answer[];
  stop(): Promise<void>;
}

/** Starts a webhook on a free port. */
export const startWebhook = async (): Promise<WebhookServer> => {
  const received: WebhookServer['received'] = [];
  const answers: Answer[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    received.push({ path: request.url ?? '', type: request.headers['content-type'] ?? '', body: JSON.parse(text) });
    const answer = answers.shift() ?? 200;
    if (answer === 'hang') return;
    const { status, location } = typeof answer === 'number' ? { status: answer, location: undefined } : answer;
    response.writeHead(status, location === undefined ? {} : { location });
    response.end(status === 200 ? 'ok' : 'channel_is_archived\u202e');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    fetch: (input, init) => fetch(new URL(new URL(String(input)).pathname, `http://127.0.0.1:${port}`), init),
    received,
    answers,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
