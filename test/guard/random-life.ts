import fc from 'fast-check';
import { interpret } from '../../events/interpret.ts';
import { createProjectedDirectory } from '../../iam/projected-directory.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { account, record } from '../records.ts';
import { createPolicy, createUser } from './account.ts';
import { type Choice, calls, harmless, policyArns, type Scene } from './random-calls.ts';

/** One step of a life: a call on something, so many seconds after the step before. `call` picks one of those that IAM would take by then. */
export interface Step extends Choice {
  readonly call: number;
  readonly gap: number;
}

/** When lives begin, long after their beginnings. Milliseconds. */
export const birth = Date.UTC(2026, 2, 2, 9);

/** An account with two users and two groups, a policy and an access key: what IAM settled on long ago, and nothing wrong with it. */
export const beginning: readonly CloudTrailRecord[] = (
  [
    ['CreateUser', createUser('alice')],
    ['CreateUser', createUser('bob')],
    ['CreateGroup', { requestParameters: { groupName: 'developers' } }],
    ['CreateGroup', { requestParameters: { groupName: 'operators' } }],
    ['CreatePolicy', createPolicy('shared', harmless)],
    ['AddUserToGroup', { requestParameters: { userName: 'alice', groupName: 'developers' } }],
    ['AddUserToGroup', { requestParameters: { userName: 'bob', groupName: 'developers' } }],
    ['AttachGroupPolicy', { requestParameters: { groupName: 'developers', policyArn: policyArns[0] } }],
  ] as const
).map(([eventName, overrides], index) =>
  record(eventName, { ...overrides, eventID: `before-${index}`, eventTime: isoTime(birth - 86_400_000 + index * 1000) }),
);

/** Calls that reach others than their subject: they come more often, for they are the ones that order can hurt. */
const farReaching = new Set(['PutGroupPolicy', 'DeleteGroupPolicy', 'DetachGroupPolicy', 'CreatePolicyVersion', 'SetDefaultPolicyVersion']);

const mostlyFirst = fc.oneof({ weight: 2, arbitrary: fc.constant(0 as const) }, { weight: 1, arbitrary: fc.constant(1 as const) });

/** Steps of a life, of all kinds. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    call: fc.nat({ max: 1_000 }),
    u: mostlyFirst,
    g: mostlyFirst,
    p: mostlyFirst,
    n: mostlyFirst,
    d: fc.nat({ max: 39 }),
    gap: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 90 })),
  }),
  { minLength: 10, maxLength: 15 },
);

/** The records of a life, in the order in which its calls were made. Each is one that IAM would take at that point. */
export async function recordsOf(life: readonly Step[]): Promise<CloudTrailRecord[]> {
  const directory = createProjectedDirectory({ account });
  const live = (one: CloudTrailRecord) => {
    const change = interpret(one, one.eventID ?? '');
    if (change !== undefined) directory.fold(change);
  };
  for (const one of beginning) live(one);
  const users = ['alice', 'bob'];
  const groups = ['developers', 'operators'];
  const versions: string[][] = [['v1'], []];
  const records: CloudTrailRecord[] = [];
  let now = birth;
  for (const { call, gap, ...choice } of life) {
    const { u, g, p } = choice;
    const scene = await sceneOf(directory, { userName: users[u] ?? '', groupName: groups[g] ?? '', policyArn: policyArns[p] }, versions[p]);
    const possible = Object.entries(calls).flatMap(([eventName, make]) => {
      const [request, response] = make(choice, scene) ?? [];
      const weight = farReaching.has(eventName) ? 4 : 1;
      return request === undefined ? [] : Array.from({ length: weight }, () => ({ eventName, request, response }));
    });
    const picked = possible[call % possible.length];
    if (picked === undefined) continue;
    const { eventName, request, response } = picked;
    now += gap * 1000;
    const one = record(eventName, {
      eventID: `event-${records.length}`,
      eventTime: isoTime(now),
      requestParameters: request,
      responseElements: response ?? null,
    });
    live(one);
    records.push(one);
    if (typeof request.newUserName === 'string') users[u] = request.newUserName;
    if (typeof request.newGroupName === 'string') groups[g] = request.newGroupName;
    if (eventName === 'CreatePolicy') versions[p] = ['v1'];
    if (eventName === 'CreatePolicyVersion') versions[p]?.push(scene.nextVersion);
  }
  return records;
}

type Names = Pick<Scene, 'userName' | 'groupName' | 'policyArn'>;

async function sceneOf(
  directory: ReturnType<typeof createProjectedDirectory>,
  names: Names,
  versions: readonly string[] = [],
): Promise<Scene> {
  const user = await directory.posture(names.userName);
  const group = await directory.members(names.groupName);
  const policy = await directory.managedPolicy(names.policyArn);
  const there = await Promise.all(versions.map(async (id) => ({ id, found: await directory.managedPolicy(names.policyArn, id) })));
  const inline = await Promise.all(
    ['first', 'second'].map(async (name) => ({
      name,
      found: (await directory.inlinePolicy({ type: 'group', name: names.groupName }, name)).found,
    })),
  );
  return {
    ...names,
    user: user.found ? user.value : undefined,
    group: group.found ? group.value : undefined,
    policy: policy.found ? policy.value : undefined,
    dormant: there.flatMap(({ id, found }) => (found.found && !found.value.isDefault ? [id] : [])),
    groupHas: (policyName) => inline.some(({ name, found }) => found && name === policyName),
    nextVersion: `v${versions.length + 1}`,
  };
}

/** As CloudTrail writes times: whole seconds. */
function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
