import { describe, expect, it, vi } from 'vitest';
import { interpret } from '../../events/interpret.ts';
import { createPorts } from '../../handlers/ports.ts';
import { createSweepPorts } from '../../handlers/sweep-ports.ts';
import { type CallCounter, createCallCounter } from '../../iam/call-counter.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { account, iamUser, record, roleSession } from '../records.ts';
import { variables } from './parts.ts';

const own = { ...variables, ACCOUNT_ID: account };
const [role = ''] = own.GUARD_ROLES.split(',');

describe('createPorts', () => {
  it('knows the directory of its own account and of no other', () => {
    const ports = createPorts(variables);
    expect(ports.directory('123456789012')).toBeDefined();
    expect(ports.directory('123456789012')).toBe(ports.directory('123456789012'));
    expect(ports.directory('210987654321')).toBeUndefined();
  });

  it('fills in the configuration', () => {
    expect(createPorts(variables).configuration).toEqual(defaultConfiguration);
  });

  it('tells the time of its clock', () => {
    const before = Date.now();
    expect(createPorts(variables).now().getTime()).toBeGreaterThanOrEqual(before);
  });

  it('has what it asks of IAM counted', async () => {
    const watch = vi.fn<CallCounter['watch']>((client) => {
      client.middlewareStack.add(() => () => Promise.reject(new Error('counted')), { step: 'initialize' });
      return client;
    });
    const ports = createPorts(variables, { ...createCallCounter(), watch });
    await expect(ports.directory('123456789012')?.userTags('bob')).rejects.toThrow('counted');
    const sweeping = createSweepPorts(variables, { ...createCallCounter(), watch });
    await expect(sweeping.readAccount()).rejects.toThrow('counted');
    await expect(sweeping.live.policyTags('arn:aws:iam::123456789012:policy/all')).rejects.toThrow('counted');
  });

  it('says which variable is missing', () => {
    expect(() => createPorts({ ...variables, EVENT_BUS_NAME: undefined })).toThrow('`EVENT_BUS_NAME` is missing');
  });

  it('can have users judged once more', () => {
    expect(createPorts(variables).judgeAgain).toBeDefined();
  });
});

/** Whether a TagUser call of this identity is the guard's. */
const isOwn = (userIdentity: Record<string, unknown>): boolean | undefined => {
  const change = interpret(record('TagUser', { userIdentity, requestParameters: { userName: 'bob', tags: [] } }), 'event');
  return change && createPorts(own).isOwn?.(change.actor);
};

describe("the guard's own calls", () => {
  it('are those of a session behind one of its roles, in its account, whatever the session is named', () => {
    for (const name of own.GUARD_ROLES.split(','))
      for (const session of [name, 'i-am-somebody']) expect(isOwn(roleSession(name, session)), `${name}/${session}`).toBe(true);
  });

  const elsewhere = { ...roleSession(role, role), accountId: '210987654321' };
  const { sessionContext, ...without } = roleSession(role, role);
  it.each([
    ['another role', roleSession('deployer', 'x')],
    ["another role, in a session that has the name of the guard's", roleSession('deployer', role)],
    ['a role whose name only begins like it', roleSession(`${role}2`, role)],
    ['a role of another case', roleSession(role.toUpperCase(), role)],
    ['a role of that name in another account', elsewhere],
    ['a role of that name in an account that the record does not tell', { ...without, arn: undefined, accountId: undefined }],
    ['a user of that name', iamUser(role)],
    ['a federated session of a user of that name', { ...roleSession(role, 'x'), type: 'FederatedUser' }],
    ['a service of that name', { type: 'AWSService', invokedBy: role }],
    ['the root user of an account with that alias', { ...iamUser(role), type: 'Root' }],
    ['nobody who is named', {}],
  ])('are not those of %s', (_who, identity) => {
    expect(isOwn(identity as Record<string, unknown>)).toBe(false);
  });

  it('are known by the ARN where the record has no session issuer', () => {
    expect(isOwn(without)).toBe(true);
  });
});
