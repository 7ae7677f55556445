import { vi } from 'vitest';
import { catalog, type HandlerName, handlerNames } from '../../events/catalog.ts';
import { interpret } from '../../events/interpret.ts';
import type { GuardPorts } from '../../guard/ports.ts';
import { createIsOwn } from '../../handlers/is-own.ts';
import { createPorts } from '../../handlers/ports.ts';
import { createStack } from '../../handlers/stack.ts';
import { createUserStack } from '../../handlers/user-stack.ts';
import type { Directory, TagWriter } from '../../iam/directory.ts';
import { createProjectedDirectory } from '../../iam/projected-directory.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { account, record, roleSession } from '../records.ts';
import { aContext, aMessage, anEnvelope, variables } from './parts.ts';

/** The roles of a guard's functions, by the stage that it is deployed to. */
export const rolesOf = (stage: string): string[] => [...handlerNames, 'judge-user'].map((name) => `trailguard-${stage}-${name}`);

/** How an account is guarded. */
export interface Guarded {
  /** The guards in it: the stage of each, with the roles that it takes for its own. */
  readonly guards: readonly { readonly stage: string; readonly own: readonly string[] }[];
  /** How often each record and message is delivered. */
  readonly times?: number;
}

const oneGuard: Guarded = { guards: [{ stage: 'test', own: rolesOf('test') }] };

/**
 * An account with the guard in it, closed like the real one: every tag that a function writes comes back as a CloudTrail record of
 * its role, and every user that it asks for comes back as a message. The account is a projected one, for moto makes no records.
 */
export const guardedAccount = ({ guards, times = 1 }: Guarded = oneGuard) => {
  const directory = createProjectedDirectory({ account });
  const [calls, told, own]: [string[], Verdict[], CloudTrailRecord[]] = [[], [], []];
  const waiting: (() => Promise<void>)[] = [];
  let [count, now] = [0, new Date(0)];

  const called = (eventName: string, overrides: Partial<CloudTrailRecord>): CloudTrailRecord => {
    const eventTime = new Date(Date.UTC(2026, 2, 2, 9, 0, ++count)).toISOString().replace('.000Z', 'Z');
    return record(eventName, { eventTime, eventID: `event-${count}`, ...overrides });
  };
  const deliver = (one: CloudTrailRecord): void => {
    for (const { stage, own: roles } of guards)
      for (let time = 0; time < times; time++)
        waiting.push(async () => {
          now = new Date(Date.parse(one.eventTime) + 5_000);
          const handler = catalog[one.eventName]?.handler;
          if (handler === undefined) throw new Error(`no rule delivers ${one.eventName}`);
          await createStack({ ports: () => portsOf(stage, handler, roles) })(anEnvelope({ ...one }), aContext());
        });
  };
  /** The account as a function of that role meets it: each call is noted, each tag written is a record. */
  const seenBy = (role: string): Directory & TagWriter => {
    const wrote = (eventName: string, requestParameters: Record<string, unknown>) => {
      const one = called(eventName, { userIdentity: roleSession(role, role), requestParameters });
      own.push(one);
      deliver(one);
    };
    const listed = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([key, value]) => ({ key, value }));
    const writing: TagWriter = {
      tagUser: (userName, tags) => directory.tagUser(userName, tags).then(() => wrote('TagUser', { userName, tags: listed(tags) })),
      untagUser: (userName, tagKeys) => directory.untagUser(userName, tagKeys).then(() => wrote('UntagUser', { userName, tagKeys })),
      tagPolicy: (policyArn, tags) =>
        directory.tagPolicy(policyArn, tags).then(() => wrote('TagPolicy', { policyArn, tags: listed(tags) })),
      untagPolicy: (policyArn, tagKeys) =>
        directory.untagPolicy(policyArn, tagKeys).then(() => wrote('UntagPolicy', { policyArn, tagKeys })),
    };
    return new Proxy(
      { ...directory, ...writing },
      {
        get: (target, name, receiver) => {
          calls.push(String(name));
          return Reflect.get(target, name, receiver);
        },
      },
    );
  };
  const { records: _, ...real } = createPorts({ ...variables, ACCOUNT_ID: account });
  const portsOf = (stage: string, name: HandlerName | 'judge-user', roles: readonly string[]): GuardPorts => ({
    ...real,
    isOwn: createIsOwn(account, roles),
    directory: (asked) => (asked === account ? seenBy(`trailguard-${stage}-${name}`) : undefined),
    publish: async (verdict) => void told.push(verdict),
    judgeAgain: async (requests) => {
      for (const request of requests) {
        calls.push('judgeAgain');
        for (let time = 0; time < times; time++)
          waiting.push(() => createUserStack({ ports: () => portsOf(stage, 'judge-user', roles) })(aMessage(request), aContext()));
      }
    },
    now: () => now,
    partialHistory: true,
  });

  return {
    directory,
    /** What the guard read, wrote or asked for, call by call. */
    calls,
    told,
    /** The records of the guard's own calls. */
    own,
    deliver,
    /** Lets somebody's call happen, and be delivered. */
    happens: (eventName: string, overrides: Partial<CloudTrailRecord>): CloudTrailRecord => {
      const one = called(eventName, overrides);
      const change = interpret(one, one.eventID ?? '');
      if (change) directory.fold(change);
      deliver(one);
      return one;
    },
    /** Delivers what waits, and what comes of it, until nothing comes any more; throws where that takes more than `most` deliveries. */
    untilSilent: async (most = 200): Promise<number> => {
      let deliveries = 0;
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        if (++deliveries > most) throw new Error(`no end after ${most} deliveries`);
        await next();
      }
      return deliveries;
    },
    tagsOf: async (userName: string): Promise<Readonly<Record<string, string>>> => {
      const tags = await directory.userTags(userName);
      if (!tags.found) throw new Error(tags.detail);
      return tags.value;
    },
  };
};

/** Keeps the logs of the functions out of the output of the tests. */
export const silently = (): void => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
};
