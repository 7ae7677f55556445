import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Invocation } from '../../deploy/lambda.ts';

/** Lambda's API as far as `Invoke` goes: it runs what it is given, for moto runs functions in Docker only. */
export async function startLambda(run: (functionName: string, event: unknown) => Promise<Invocation>) {
  const server = createServer(async (request, response) => {
    const name = /functions\/([^/]+)\/invocations/.exec(request.url ?? '')?.[1] ?? '';
    const { error } = await run(name, JSON.parse(await text(request)));
    if (error !== undefined) response.setHeader('x-amz-function-error', 'Unhandled');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(error === undefined ? null : { errorMessage: error }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      await once(server, 'close');
    },
  };
}
