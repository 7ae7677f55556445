import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetUserCommand, type IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { afterEach, describe, expect, it } from 'vitest';
import { createCallCounter } from '../../iam/call-counter.ts';
import { createIamClient } from '../../iam/create-iam-client.ts';

/** An answer of IAM's query protocol. */
type Answer = readonly [status: number, body: string];

const refused = (status: number, code: string): Answer => [
  status,
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
];
const user: Answer = [
  200,
  '<GetUserResponse><GetUserResult><User><UserName>bob</UserName></User></GetUserResult><ResponseMetadata/></GetUserResponse>',
];

let server: Server | undefined;

/** A client of an IAM that gives these answers in turn. Not moto: it throttles nobody. */
const clientOf = async (...answers: Answer[]): Promise<IAMClient> => clientAt(await serverOf(answers));

async function serverOf(answers: Answer[]): Promise<string> {
  server = createServer((request, response) => {
    request.resume();
    const [status, body] = answers.shift() ?? refused(400, 'ValidationError');
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

function clientAt(endpoint: string): IAMClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return createIamClient({ endpoint, region: 'us-east-1', credentials, retryMode: 'standard' });
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe('a call counter', () => {
  it('counts each request by operation, retries among them, and those that were throttled', async () => {
    const calls = createCallCounter();
    const client = calls.watch(await clientOf(refused(400, 'Throttling'), refused(400, 'Throttling'), user, refused(403, 'AccessDenied')));
    await client.send(new GetUserCommand({ UserName: 'bob' }));
    await expect(client.send(new ListUsersCommand({}))).rejects.toThrow('AccessDenied');
    expect(calls.take()).toEqual({ sent: { GetUser: 3, ListUsers: 1 }, throttled: { GetUser: 2 } });
  });

  it('counts what else is tried again, and does not take it for throttling', async () => {
    const calls = createCallCounter();
    const client = calls.watch(await clientOf(refused(500, 'ServiceFailure'), user));
    await client.send(new GetUserCommand({ UserName: 'bob' }));
    expect(calls.take()).toEqual({ sent: { GetUser: 2 }, throttled: {} });
  });

  it('begins again once it was asked, and what it told stays as it was', async () => {
    const calls = createCallCounter();
    const client = calls.watch(await clientOf(user, user));
    await client.send(new GetUserCommand({}));
    const first = calls.take();
    expect(calls.take()).toEqual({ sent: {}, throttled: {} });
    await client.send(new GetUserCommand({}));
    expect(first.sent).toEqual({ GetUser: 1 });
    expect(calls.take().sent).toEqual({ GetUser: 1 });
  });

  it('knows the calls of several clients', async () => {
    const calls = createCallCounter();
    const endpoint = await serverOf([user, user]);
    for (const client of [clientAt(endpoint), clientAt(endpoint)]) await calls.watch(client).send(new GetUserCommand({}));
    expect(calls.take().sent).toEqual({ GetUser: 2 });
  });
});
