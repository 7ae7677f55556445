import { once } from 'node:events';
import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * What becomes of a request instead of its answer. `throttled`, `error` and `partial` are answers that AWS gives without having done anything; `reset` breaks the
 * connection before, `lost` after it was done; `silent` never answers. `killed before` and `killed after` end the process that asked.
 */
export type Fault = 'throttled' | 'error' | 'partial' | 'reset' | 'lost' | 'silent' | 'killed before' | 'killed after';

/** A request as a plan sees it. */
export interface Request {
  /** `iam:GetUser`. */
  readonly operation: string;
  /** How many requests its process had made by then, itself among them. */
  readonly count: number;
  /** How many of this operation. */
  readonly nth: number;
}

/** Which request meets which fault. */
export type Plan = (request: Request) => Fault | undefined;

/** The way of one process to AWS. When the process is dead, nothing that it still sends arrives. */
export interface Lane {
  readonly endpoint: string;
  /** The operations asked for, one a request. */
  readonly operations: string[];
  /** Resolves when the process was killed. */
  readonly killed: Promise<void>;
  kill(): void;
}

interface OpenLane extends Lane {
  readonly plan: Plan;
  readonly sockets: Set<Socket>;
  dead: boolean;
}

/** Stands between processes and moto, and lets faults happen as planned. Each process has a lane of its own, told by the first segment of the path. */
export const startProxy = async (target: string) => {
  const lanes = new Map<string, OpenLane>();
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const [, name = '', ...path] = (incoming.url ?? '').split('/');
    const lane = lanes.get(name);
    if (lane === undefined || lane.dead) return void incoming.socket.destroy();
    lane.sockets.add(incoming.socket);
    const body = await text(incoming);
    if (lane.dead) return void incoming.socket.destroy();
    const operation = operationOf(incoming.headers, body);
    lane.operations.push(operation);
    const nth = lane.operations.filter((one) => one === operation).length;
    const fault = lane.plan({ operation, count: lane.operations.length, nth });
    if (fault === 'silent') return;
    if (fault === 'reset') return void incoming.socket.destroy();
    if (fault === 'killed before') return lane.kill();
    if (fault === 'throttled' || fault === 'error' || fault === 'partial') return fail(outgoing, operation, fault, body);
    const answer = await forward(`${target}/${path.join('/')}`, incoming, body, agent);
    if (fault === 'killed after') return lane.kill();
    if (fault === 'lost' || lane.dead) return void incoming.socket.destroy();
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  };

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    /** A lane for one process. */
    lane(plan: Plan = () => undefined): Lane {
      const name = `lane-${lanes.size}`;
      let end = () => {};
      const lane: OpenLane = {
        endpoint: `http://127.0.0.1:${port}/${name}`,
        operations: [],
        killed: new Promise((resolve) => {
          end = resolve;
        }),
        kill: () => {
          lane.dead = true;
          for (const socket of lane.sockets) socket.destroy();
          end();
        },
        plan,
        sockets: new Set(),
        dead: false,
      };
      lanes.set(name, lane);
      return lane;
    },
    async stop(): Promise<void> {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** A running proxy. */
export type FaultProxy = Awaited<ReturnType<typeof startProxy>>;

/** The service stands in the signature, the operation in the target or, of Query services, in the body. */
function operationOf(headers: IncomingHttpHeaders, body: string): string {
  const service = /Credential=[^/]+\/\d+\/[\w-]+\/(\w+)\//.exec(headers.authorization ?? '')?.[1] ?? 'unknown';
  const target = headers['x-amz-target'];
  const name = typeof target === 'string' ? target.split('.').at(-1) : new URLSearchParams(body).get('Action');
  return `${service}:${name ?? 'unknown'}`;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

function forward(url: string, incoming: IncomingMessage, body: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const passed = request(url, { method: incoming.method, headers: incoming.headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const type = response.headers['content-type'];
        resolve({
          status: response.statusCode ?? 500,
          headers: type === undefined ? {} : { 'content-type': type },
          body: Buffer.concat(chunks),
        });
      });
    });
    passed.on('error', reject);
    passed.end(body);
  });
}

function fail(outgoing: ServerResponse, operation: string, fault: 'throttled' | 'error' | 'partial', body: string): void {
  const json = (status: number, answer: object) =>
    outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  const throttled = fault === 'throttled';
  if (fault === 'partial') json(200, partialAnswer(operation, body));
  else if (!/^(iam|sns):/.test(operation))
    json(throttled ? 400 : 500, { __type: throttled ? 'ThrottlingException' : 'InternalServerError', message: 'a fault' });
  else {
    const code = throttled ? 'Throttling' : 'InternalFailure';
    const xml = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>a fault</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
    outgoing.writeHead(throttled ? 400 : 500, { 'content-type': 'text/xml' }).end(xml);
  }
}

/** How a call that takes several things says that it took none of them. */
function partialAnswer(operation: string, body: string): object {
  const { Entries = [] } = JSON.parse(body) as { Entries?: { Id?: string }[] };
  if (operation === 'events:PutEvents')
    return { FailedEntryCount: Entries.length, Entries: Entries.map(() => ({ ErrorCode: 'InternalFailure', ErrorMessage: 'not taken' })) };
  if (operation === 'sqs:SendMessageBatch')
    return {
      Successful: [],
      Failed: Entries.map(({ Id }) => ({ Id, SenderFault: false, Code: 'InternalError', Message: 'not taken' })),
    };
  throw new Error(`${operation} has no partial answer`);
}
