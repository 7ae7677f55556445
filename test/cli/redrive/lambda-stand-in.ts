import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a function ended: the message of the error that it threw, or nothing. */
export type RunFunction = (functionName: string, event: unknown) => Promise<string | undefined>;

/**
 * Lambda's Invoke over HTTP, for moto runs functions in Docker only. `run` is given what Lambda would hand to the function; a function that throws is
 * answered as Lambda does, with `FunctionError`.
 */
export const startLambda = async (run: RunFunction) => {
  const invocations: { readonly name: string; readonly event: unknown; readonly at: number }[] = [];
  const server = createServer(async (request, response) => {
    const [, functionArn = ''] = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(request.url ?? '') ?? [];
    const name = decodeURIComponent(functionArn).split(':').at(-1) ?? '';
    const event: unknown = JSON.parse(await bodyOf(request));
    invocations.push({ name, event, at: Date.now() });
    const error = await run(name, event);
    if (error === undefined) response.end('null');
    else {
      response.setHeader('X-Amz-Function-Error', 'Unhandled');
      response.end(JSON.stringify({ errorType: 'Error', errorMessage: error }));
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What was invoked since the last call. */
    invoked: () => invocations.splice(0),
    stop: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};
