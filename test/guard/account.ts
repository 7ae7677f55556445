import { interpret } from '../../events/interpret.ts';
import { judge } from '../../guard/guard.ts';
import type { GuardPorts } from '../../guard/ports.ts';
import { recordId } from '../../guard/record-id.ts';
import { createProjectedDirectory } from '../../iam/projected-directory.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { validateVerdict } from '../../schemas/validate.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { account, record } from '../records.ts';

/** A policy document's text with one Allow statement. */
export function allow(Action: string | string[], Resource: string | string[] = '*'): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
}

/** An account that lives through records: each is folded and judged in order, as `replay` does. */
export function livingAccount(parts: Pick<Parameters<typeof createProjectedDirectory>[0], 'managedPolicies'> = {}) {
  const directory = createProjectedDirectory({ account, ...parts });
  const published: Verdict[] = [];
  let now = new Date(0);
  const ports: GuardPorts = {
    directory: (id) => (id === account ? directory : undefined),
    publish: async (verdict) => {
      published.push(verdict);
    },
    now: () => now,
    configuration: defaultConfiguration,
    partialHistory: true,
  };
  let count = 0;
  const next = () => {
    count++;
    return { eventTime: new Date(Date.UTC(2026, 2, 2, 9, count)).toISOString().replace('.000Z', 'Z'), eventID: `event-${count}` };
  };
  /** Lets a call happen, a minute after the one before, and returns its verdict (schema-checked). `otherPorts` replaces ports for it. */
  async function happens(
    eventName: string,
    overrides: Partial<CloudTrailRecord> = {},
    otherPorts: Partial<GuardPorts> = {},
  ): Promise<Verdict> {
    const one = record(eventName, { ...next(), ...overrides });
    const change = interpret(one, recordId(one));
    if (change === undefined) throw new Error(`${eventName} is not in the catalog`);
    directory.fold(change);
    now = new Date(one.eventTime);
    const verdict = await judge(one, { ...ports, ...otherPorts });
    if (verdict === undefined) throw new Error(`${eventName} gives no verdict`);
    return validateVerdict(structuredClone(verdict));
  }
  /** Lets a call happen that gives no verdict of its own. */
  function passes(eventName: string, requestParameters: Record<string, unknown>): void {
    const one = record(eventName, { ...next(), requestParameters });
    const change = interpret(one, recordId(one));
    if (change) directory.fold(change);
  }
  async function tagsOf(userName: string): Promise<Record<string, string>> {
    const tags = await directory.userTags(userName);
    if (!tags.found) throw new Error(tags.detail);
    return { ...tags.value };
  }
  async function policyTagsOf(arn: string): Promise<Record<string, string>> {
    const tags = await directory.policyTags(arn);
    if (!tags.found) throw new Error(tags.detail);
    return { ...tags.value };
  }
  return { happens, passes, tagsOf, policyTagsOf, published, ports, directory };
}

/** CreateUser as it succeeds. */
export function createUser(userName: string): Partial<CloudTrailRecord> {
  return {
    requestParameters: { userName, path: '/' },
    responseElements: { user: { userName, userId: 'AIDAEXAMPLE', arn: `arn:aws:iam::${account}:user/${userName}`, path: '/' } },
  };
}

/** The ARN of a customer managed policy. */
export function policyArn(name: string): string {
  return `arn:aws:iam::${account}:policy/${name}`;
}

/** CreatePolicy as it succeeds. */
export function createPolicy(policyName: string, policyDocument: string): Partial<CloudTrailRecord> {
  return {
    requestParameters: { policyName, policyDocument },
    responseElements: { policy: { policyName, policyId: 'ANPAEXAMPLE', arn: policyArn(policyName), path: '/', defaultVersionId: 'v1' } },
  };
}

/** CreatePolicyVersion as it succeeds. */
export function createVersion(name: string, versionId: string, policyDocument: string, setAsDefault: boolean): Partial<CloudTrailRecord> {
  return {
    requestParameters: { policyArn: policyArn(name), policyDocument, setAsDefault },
    responseElements: { policyVersion: { versionId, isDefaultVersion: setAsDefault } },
  };
}
