import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetUserCommand } from '@aws-sdk/client-iam';
import { afterEach, expect, test } from 'vitest';
import { createIamClient } from '../../iam/create-iam-client.ts';

// A server of our own: moto never throttles.
const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function clientOf(
  answers: readonly [status: number, body: string][],
): Promise<{ client: ReturnType<typeof createIamClient>; calls(): number }> {
  let calls = 0;
  const server = createServer((_, response) => {
    const [status, body] = answers[Math.min(calls, answers.length - 1)] ?? [500, ''];
    calls++;
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { client: createIamClient({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials }), calls: () => calls };
}

const throttled =
  '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>';
const denied = '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
const user =
  '<GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetUserResult><User><UserName>ada</UserName></User></GetUserResult></GetUserResponse>';

test('a throttled call is made again', async () => {
  const { client, calls } = await clientOf([
    [400, throttled],
    [200, user],
  ]);
  expect((await client.send(new GetUserCommand({ UserName: 'ada' }))).User?.UserName).toBe('ada');
  expect(calls()).toBe(2);
});

test('a denied call is not', async () => {
  const { client, calls } = await clientOf([[403, denied]]);
  await expect(client.send(new GetUserCommand({ UserName: 'ada' }))).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(calls()).toBe(1);
});
