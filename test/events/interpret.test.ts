import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../events/catalog.ts';
import { interpret } from '../../events/interpret.ts';
import { validateRecord } from '../../schemas/validate.ts';
import { account, denied, iamUser, record, roleSession } from '../records.ts';

const omitted = { reason: 'requestParameters too large', omitted: true, originalSize: 149893 };
const omittedAsText = { reason: 'requestParameters too large', omitted: 'true', originalSize: '149893' };

describe('what every change carries', () => {
  it('takes the call from the record', () => {
    expect(interpret(record('DeleteUser', { requestParameters: { userName: 'alice' } }), 'given-id')).toStrictEqual({
      id: 'given-id',
      eventName: 'DeleteUser',
      eventTime: '2026-03-02T09:30:00Z',
      eventSource: 'iam.amazonaws.com',
      account,
      region: 'us-east-1',
      sourceIp: '198.51.100.7',
      userAgent: 'aws-cli/2.27.0',
      actor: { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/ops`, name: 'ops', accountId: account },
      subject: { type: 'user', name: 'alice', account },
      effect: { kind: 'user-deleted', userName: 'alice' },
    });
  });

  it('ignores a call of another service that has the name of an IAM one', () => {
    expect(interpret(record('CreateUser', { eventSource: 'transfer.amazonaws.com' }), 'id')).toBeUndefined();
  });

  it.each([
    ['the recipient', { recipientAccountId: '444455556666' }, '444455556666'],
    ['the caller', { recipientAccountId: null }, account],
    ["the caller's ARN", { recipientAccountId: null, userIdentity: { arn: 'arn:aws:iam::777788889999:user/x' } }, '777788889999'],
    ['nobody', { recipientAccountId: null, userIdentity: null }, 'unknown'],
  ])('takes the account from %s', (_whom, overrides, expected) => {
    const change = interpret(record('DeleteUser', overrides), 'id');
    expect(change?.account).toBe(expected);
    expect(change?.subject.account).toBe(expected);
  });

  it('says `unknown` where there is no Region, and leaves out what is null', () => {
    const change = interpret(record('DeleteUser', { awsRegion: null, sourceIPAddress: null, userAgent: null, errorCode: null }), 'id');
    expect(change?.region).toBe('unknown');
    expect(change).not.toHaveProperty('sourceIp');
    expect(change).not.toHaveProperty('userAgent');
    expect(change).not.toHaveProperty('errorCode');
  });

  it('reads a call that failed for another reason than a denial from its parameters', () => {
    const change = interpret(
      record('PutUserPolicy', {
        errorCode: 'NoSuchEntityException',
        errorMessage: 'The user with name gone cannot be found.',
        requestParameters: { userName: 'gone', policyName: 'p', policyDocument: '{}' },
      }),
      'id',
    );
    expect(change).toMatchObject({ errorCode: 'NoSuchEntityException', subject: { name: 'gone' }, effect: { policyName: 'p' } });
  });
});

describe('a managed policy', () => {
  const failed = { errorCode: 'MalformedPolicyDocumentException', responseElements: null };
  const arnOf = (overrides: Parameters<typeof record>[1]) => interpret(record('CreatePolicy', overrides), 'id')?.subject.arn;

  it('has the ARN that its name and path give, where IAM did not answer one', () => {
    expect(arnOf({ ...failed, requestParameters: { policyName: 'p' } })).toBe(`arn:aws:iam::${account}:policy/p`);
    expect(arnOf({ ...failed, requestParameters: { policyName: 'p', path: '/a/b/' } })).toBe(`arn:aws:iam::${account}:policy/a/b/p`);
  });

  it('has no ARN where the path or the account cannot be known', () => {
    expect(arnOf({ ...failed, requestParameters: { policyName: 'p', path: 7 } })).toBeUndefined();
    expect(arnOf({ ...failed, requestParameters: { policyName: 'p', path: 'no-slashes' } })).toBeUndefined();
    expect(arnOf({ ...failed, requestParameters: { policyName: 'p' }, recipientAccountId: null, userIdentity: null })).toBeUndefined();
    expect(arnOf({ errorCode: 'EntityAlreadyExistsException', requestParameters: { policyName: 'p' } })).toBeUndefined();
    expect(interpret(denied('CreatePolicy', 'policy p'), 'id')?.subject).toStrictEqual({ type: 'policy', name: 'p', account });
  });

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['eu-west-1', 'aws'],
  ])('is of the partition of its Region: %s', (awsRegion, partition) => {
    const userIdentity = { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' };
    expect(arnOf({ ...failed, awsRegion, userIdentity, requestParameters: { policyName: 'p' } })).toBe(
      `arn:${partition}:iam::${account}:policy/p`,
    );
  });

  it('is of the partition of the caller before that of the Region', () => {
    const userIdentity = { ...iamUser('ops'), arn: `arn:aws-cn:iam::${account}:user/ops` };
    expect(arnOf({ ...failed, userIdentity, requestParameters: { policyName: 'p' } })).toBe(`arn:aws-cn:iam::${account}:policy/p`);
  });

  it("is called by its friendly name, also AWS's own", () => {
    const policyArn = 'arn:aws:iam::aws:policy/service-role/AWSConfigRole';
    const change = interpret(record('SetDefaultPolicyVersion', { requestParameters: { policyArn, versionId: 'v3' } }), 'id');
    expect(change?.subject).toStrictEqual({ type: 'policy', name: 'AWSConfigRole', arn: policyArn, account });
  });

  it.each([
    ['true, as text', { setAsDefault: 'true' }, undefined, true],
    ['true only in the answer', {}, { policyVersion: { versionId: 'v2', isDefaultVersion: true } }, true],
    ['false', { setAsDefault: false }, { policyVersion: { versionId: 'v2', isDefaultVersion: false } }, false],
    ['missing', {}, undefined, false],
  ])('has a new version in force or dormant: setAsDefault %s', (_how, request, response, isDefault) => {
    const change = interpret(record('CreatePolicyVersion', { requestParameters: request, responseElements: response ?? null }), 'id');
    expect(change?.effect).toMatchObject({ kind: 'policy-version-created', isDefault });
  });
});

describe('a request too large for CloudTrail', () => {
  it.each([omitted, omittedAsText])('leaves CreatePolicy its target, from the answer', (requestParameters) => {
    const arn = `arn:aws:iam::${account}:policy/big`;
    const policy = { policyName: 'big', arn, path: '/', tags: [{ key: 'team', value: 'data' }] };
    const change = interpret(record('CreatePolicy', { requestParameters, responseElements: { policy } }), 'id');
    expect(change?.subject).toStrictEqual({ type: 'policy', name: 'big', arn, account });
    expect(change?.effect).toStrictEqual({
      kind: 'policy-created',
      name: 'big',
      arn,
      document: { state: 'omitted' },
      tags: [{ key: 'team', value: 'data' }],
    });
  });

  it('leaves CreatePolicyVersion the new version alone', () => {
    const responseElements = { policyVersion: { versionId: 'v4', isDefaultVersion: true } };
    const change = interpret(record('CreatePolicyVersion', { requestParameters: omitted, responseElements }), 'id');
    expect(change?.subject).toStrictEqual({ type: 'policy', account });
    expect(change?.effect).toStrictEqual({
      kind: 'policy-version-created',
      version: 'v4',
      isDefault: true,
      document: { state: 'omitted' },
    });
  });

  it('leaves PutUserPolicy without a target', () => {
    const change = interpret(record('PutUserPolicy', { requestParameters: omittedAsText }), 'id');
    expect(change?.subject).toStrictEqual({ type: 'user', account });
    expect(change?.effect).toStrictEqual({ kind: 'inline-policy-put', document: { state: 'omitted' } });
  });

  it('leaves CreateUser what IAM answered', () => {
    const user = {
      userName: 'alice',
      path: '/',
      arn: `arn:aws:iam::${account}:user/alice`,
      permissionsBoundary: { permissionsBoundaryArn: 'arn:b' },
    };
    const change = interpret(record('CreateUser', { requestParameters: omitted, responseElements: { user } }), 'id');
    expect(change?.effect).toStrictEqual({
      kind: 'user-created',
      userName: 'alice',
      arn: user.arn,
      path: '/',
      tags: [],
      boundaryArn: 'arn:b',
    });
  });
});

describe('a user or a group that is renamed', () => {
  const subjectOf = (eventName: string, requestParameters: Record<string, string>, overrides = {}) =>
    interpret(record(eventName, { requestParameters, ...overrides }), 'id')?.subject;

  it('is called by its new name, and its path is not guessed', () => {
    const renamed = { userName: 'ops', newUserName: 'operator' };
    expect(subjectOf('UpdateUser', renamed)).toStrictEqual({ type: 'user', name: 'operator', account });
    const [user, group] = [
      interpret(record('UpdateUser', { requestParameters: renamed }), 'id'),
      interpret(record('UpdateGroup', { requestParameters: { groupName: 'ops', newGroupName: 'operators' } }), 'id'),
    ];
    expect(user?.effect).toStrictEqual({ kind: 'user-updated', userName: 'ops', newName: 'operator' });
    expect(group).toMatchObject({ subject: { name: 'operators' }, effect: { groupName: 'ops', newName: 'operators' } });
  });

  it('has the ARN that its new path gives', () => {
    const arn = `arn:aws:iam::${account}:user/staff/alice`;
    expect(subjectOf('UpdateUser', { userName: 'alice', newPath: '/staff/' })).toStrictEqual({ type: 'user', name: 'alice', arn, account });
    expect(subjectOf('UpdateUser', { userName: 'alice', newPath: 'staff' })).toStrictEqual({ type: 'user', name: 'alice', account });
    // The caller's own ARN is the one from before.
    expect(subjectOf('UpdateUser', { userName: 'ops', newPath: 'staff' })).toStrictEqual({ type: 'user', name: 'ops', account });
  });

  it('keeps its name where the call failed, or gives none', () => {
    const failed = { errorCode: 'EntityAlreadyExistsException' };
    const ops = { type: 'user', name: 'ops', arn: `arn:aws:iam::${account}:user/ops`, account };
    expect(subjectOf('UpdateUser', { userName: 'ops', newUserName: 'alice', newPath: '/a/' }, failed)).toStrictEqual(ops);
    expect(subjectOf('UpdateUser', { userName: 'ops' })).toStrictEqual(ops);
    expect(subjectOf('UpdateGroup', { groupName: 'a', newGroupName: 'b' }, failed)).toStrictEqual({ type: 'group', name: 'a', account });
    expect(interpret(denied('UpdateUser', 'user alice'), 'id')?.subject).toStrictEqual({ type: 'user', name: 'alice', account });
  });
});

describe("the account's password policy", () => {
  const policyOf = (overrides: Parameters<typeof record>[1]) => interpret(record('UpdateAccountPasswordPolicy', overrides), 'id')?.effect;
  const weakest = { minimumLength: 6, requireSymbols: false, requireNumbers: false, requireUppercase: false, requireLowercase: false };

  it("is replaced as a whole: what a call leaves out falls to IAM's default", () => {
    const requestParameters = { minimumPasswordLength: 12, requireNumbers: true };
    const policy = { ...weakest, minimumLength: 12, requireNumbers: true };
    expect(policyOf({ requestParameters })).toStrictEqual({ kind: 'password-policy-set', policy });
    expect(policyOf({ requestParameters: { requireSymbols: 'true' } })).toMatchObject({ policy: { ...weakest, requireSymbols: true } });
  });

  it('is the weakest where the call names nothing at all', () => {
    for (const requestParameters of [null, {}]) expect(policyOf({ requestParameters })).toMatchObject({ policy: weakest });
  });

  it('reads a length that was written as text, and takes what is no number for missing', () => {
    expect(policyOf({ requestParameters: { minimumPasswordLength: '14' } })).toMatchObject({ policy: { minimumLength: 14 } });
    for (const minimumPasswordLength of ['', 'long', [14], Number.NaN])
      expect(policyOf({ requestParameters: { minimumPasswordLength } })).toMatchObject({ policy: weakest });
  });

  it('is not known where the call was denied or the request left out', () => {
    expect(interpret(denied('UpdateAccountPasswordPolicy', '*'), 'id')).toMatchObject({
      errorCode: 'AccessDenied',
      subject: { type: 'account', account },
      effect: { kind: 'password-policy-set' },
    });
    for (const overrides of [{ errorCode: 'AccessDenied' }, { requestParameters: omitted }])
      expect(policyOf(overrides)).toStrictEqual({ kind: 'password-policy-set' });
  });

  it('is told of a call that failed for another reason than a denial', () => {
    const failed = { errorCode: 'MalformedPolicyDocumentException', requestParameters: { minimumPasswordLength: 200 } };
    expect(policyOf(failed)).toMatchObject({ policy: { minimumLength: 200 } });
  });
});

describe('whose credential it is', () => {
  const ownKey = { accessKey: { accessKeyId: 'AKIAEXAMPLE2', status: 'Active' } };
  const subjectOf = (...given: Parameters<typeof record>) => interpret(record(...given), 'id')?.subject;
  const ops = { type: 'user', name: 'ops', arn: `arn:aws:iam::${account}:user/ops`, account };

  it('is the user in the answer, where the request names none', () => {
    const responseElements = { accessKey: { ...ownKey.accessKey, userName: 'alice' } };
    expect(subjectOf('CreateAccessKey', { responseElements })).toStrictEqual({ type: 'user', name: 'alice', account });
  });

  it('is the caller, where nobody is named', () => {
    expect(subjectOf('CreateAccessKey', { responseElements: ownKey })).toStrictEqual(ops);
    expect(subjectOf('DeleteAccessKey', { requestParameters: { accessKeyId: 'AKIAEXAMPLE2' } })).toStrictEqual(ops);
    expect(subjectOf('DeactivateMFADevice', { requestParameters: { serialNumber: 'x' } })).toStrictEqual(ops);
    const { effect } = interpret(record('CreateAccessKey', { responseElements: ownKey }), 'id') ?? {};
    expect(effect).toStrictEqual({ kind: 'access-key-created', userName: 'ops', accessKeyId: 'AKIAEXAMPLE2', active: true });
  });

  it('is a user of the account it happened in, whatever the account of a caller of that name', () => {
    const elsewhere = { recipientAccountId: '444455556666', requestParameters: { userName: 'ops' } };
    expect(subjectOf('CreateAccessKey', elsewhere)).toStrictEqual({ type: 'user', name: 'ops', account: '444455556666' });
  });

  it("is the account's, where root makes one for itself", () => {
    const userIdentity = { type: 'Root', arn: `arn:aws:iam::${account}:root`, accountId: account, accessKeyId: '' };
    expect(subjectOf('CreateAccessKey', { userIdentity, responseElements: ownKey })).toStrictEqual({ type: 'account', account });
  });

  it("is the account's, where a record of an MFA device names root as no user can be named", () => {
    const requestParameters = { userName: 'AWS ROOT USER', serialNumber: `arn:aws:iam::${account}:mfa/root-account-mfa-device` };
    for (const eventName of ['EnableMFADevice', 'DeactivateMFADevice']) {
      const change = interpret(record(eventName, { requestParameters }), 'id');
      expect(change?.subject).toStrictEqual({ type: 'account', account });
      expect(change?.effect).not.toHaveProperty('userName');
    }
  });

  it('is the user in the answer of a service credential, where the request was left out', () => {
    const serviceSpecificCredential = { userName: 'alice', serviceName: 'bedrock.amazonaws.com', serviceSpecificCredentialId: 'ACCA1' };
    const change = interpret(
      record('CreateServiceSpecificCredential', { requestParameters: omitted, responseElements: { serviceSpecificCredential } }),
      'id',
    );
    expect(change?.effect).toStrictEqual({
      kind: 'service-credential-created',
      userName: 'alice',
      credentialId: 'ACCA1',
      service: 'bedrock.amazonaws.com',
    });
  });

  it('is nobody known, where a session behind a role names none', () => {
    const userIdentity = roleSession('Admin', 'alice');
    expect(subjectOf('CreateAccessKey', { userIdentity, errorCode: 'ValidationError' })).toStrictEqual({ type: 'user', account });
  });
});

describe('a denied call', () => {
  it("does not take a key for the caller's where the message names something else", () => {
    expect(interpret(denied('CreateAccessKey', 'role deployer'), 'id')?.subject).toStrictEqual({ type: 'user', account });
  });

  it('changes what its message names', () => {
    const arn = `arn:aws:iam::${account}:policy/teams/p`;
    expect(interpret(denied('SetDefaultPolicyVersion', `policy ${arn} version v2`), 'id')).toMatchObject({
      errorCode: 'AccessDenied',
      subject: { type: 'policy', name: 'p', arn },
      effect: { kind: 'default-version-set', arn, version: 'v2' },
    });
    expect(interpret(denied('CreateUser', `arn:aws:iam::${account}:user/staff/alice`), 'id')?.subject).toStrictEqual({
      type: 'user',
      name: 'alice',
      arn: `arn:aws:iam::${account}:user/staff/alice`,
      account,
    });
    expect(interpret(denied('PutUserPolicy', 'user alice'), 'id')?.effect).toStrictEqual({
      kind: 'inline-policy-put',
      holder: { type: 'user', name: 'alice' },
      document: { state: 'omitted' },
    });
    expect(interpret(denied('CreateAccessKey', 'user alice'), 'id')?.subject).toStrictEqual({ type: 'user', name: 'alice', account });
    const roleArn = `arn:aws:iam::${account}:role/ci/deployer`;
    expect(interpret(denied('AttachRolePolicy', `role ${roleArn}`), 'id')).toMatchObject({
      subject: { type: 'role', name: 'deployer', arn: roleArn },
      effect: { kind: 'policy-attached', holder: { type: 'role', name: 'deployer' } },
    });
    expect(interpret(denied('TagPolicy', `policy ${arn}`), 'id')).toMatchObject({
      subject: { type: 'policy', name: 'p', arn },
      effect: { kind: 'policy-tagged', arn, tags: [] },
    });
  });

  it('has the group for its subject, where only that is known of a membership', () => {
    expect(interpret(denied('AddUserToGroup', 'group admins'), 'id')?.subject).toStrictEqual({ type: 'group', name: 'admins', account });
  });

  it('has no name where the message is missing, and never the caller’s but for a key', () => {
    const noMessage = { errorMessage: null };
    expect(interpret(denied('PutUserPolicy', '', noMessage), 'id')?.subject).toStrictEqual({ type: 'user', account });
    expect(interpret(denied('DeleteAccessKey', '', noMessage), 'id')?.subject).toStrictEqual({ type: 'user', account });
    expect(interpret(denied('CreatePolicy', '', noMessage), 'id')?.subject).toStrictEqual({ type: 'policy', account });
    expect(interpret(denied('PutRolePolicy', '', noMessage), 'id')?.subject).toStrictEqual({ type: 'role', account });
    expect(interpret(denied('EnableMFADevice', '', noMessage), 'id')?.subject).toStrictEqual({ type: 'user', account });
    expect(interpret(denied('CreateAccessKey', '', noMessage), 'id')?.subject).toMatchObject({ type: 'user', name: 'ops' });
  });

  it('does not take a name from the message of a call that went through', () => {
    expect(interpret(denied('PutUserPolicy', 'user alice', { errorCode: null }), 'id')?.subject).toStrictEqual({ type: 'user', account });
  });
});

describe('odd and hostile input', () => {
  it('takes what has the wrong type for missing', () => {
    const requestParameters = { userName: 7, policyName: ['x'], policyDocument: { Statement: [] } };
    const change = interpret(record('PutUserPolicy', { requestParameters, responseElements: { user: 'x' } }), 'id');
    expect(change?.subject).toStrictEqual({ type: 'user', account });
    expect(change?.effect).toStrictEqual({ kind: 'inline-policy-put', document: { state: 'omitted' } });
    const tagged = interpret(record('TagUser', { requestParameters: { tags: [null, 7, { key: 'k' }, { value: 'v' }] } }), 'id');
    expect(tagged?.effect).toStrictEqual({ kind: 'user-tagged', tags: [{ key: 'k', value: '' }] });
    const untagged = interpret(record('UntagUser', { requestParameters: { tagKeys: ['a', 7, null] } }), 'id');
    expect(untagged?.effect).toStrictEqual({ kind: 'user-untagged', keys: ['a'] });
  });

  it('takes an empty name for missing, and builds an ARN only for what is created', () => {
    expect(interpret(record('PutUserPolicy', { requestParameters: { userName: '' } }), 'id')?.subject).toStrictEqual({
      type: 'user',
      account,
    });
    const deletion = interpret(record('DeletePolicy', { requestParameters: { policyName: 'p' } }), 'id');
    expect(deletion?.subject).toStrictEqual({ type: 'policy', name: 'p', account });
  });

  it('keeps names as they are', () => {
    for (const userName of ['__proto__', 'constructor', '*', '<b>', 'a\nb', '\u202Egnp']) {
      expect(interpret(record('DeleteUser', { requestParameters: { userName } }), 'id')?.subject.name).toBe(userName);
    }
  });

  it('interprets every record that keeps the schema', () => {
    const names = ['userName', 'newUserName', 'groupName', 'newGroupName', 'roleName', 'policyName', 'policyArn', 'versionId'];
    const keys = [...names, 'policyDocument', 'path', 'newPath', 'tags', 'tagKeys', 'minimumPasswordLength', 'requireSymbols', 'omitted'];
    const things = ['user', 'policy', 'policyVersion', 'accessKey', 'loginProfile', 'group', 'role', 'serviceSpecificCredential'];
    const value = fc.anything({ withNullPrototype: true });
    const parameters = fc.option(fc.dictionary(fc.oneof(fc.constantFrom(...keys, ...things), fc.string()), value));
    const text = fc.option(
      fc.oneof(
        fc.string(),
        fc.string().map((end) => `arn:aws:iam::${account}:user/${end}`),
      ),
    );
    const message = fc.oneof(
      text,
      fc.string().map((target) => `x on resource: ${target}`),
    );
    const identity = fc.record(
      {
        type: fc.oneof(text, fc.constantFrom('IAMUser', 'Root', 'AssumedRole', 'FederatedUser', 'IdentityCenterUser')),
        arn: text,
        userName: text,
        principalId: text,
        invokedBy: text,
      },
      { requiredKeys: [] },
    );
    const records = fc.record(
      {
        eventName: fc.constantFrom(...Object.keys(catalog)),
        eventSource: fc.constant('iam.amazonaws.com'),
        eventTime: fc.constant('2026-03-02T09:30:00Z'),
        awsRegion: text,
        errorCode: text,
        errorMessage: message,
        recipientAccountId: text,
        userIdentity: fc.option(identity),
        requestParameters: parameters,
        responseElements: parameters,
      },
      { requiredKeys: ['eventName', 'eventSource', 'eventTime'] },
    );
    fc.assert(
      fc.property(records, (candidate) => {
        const change = interpret(validateRecord(candidate), 'id');
        expect(change?.effect.kind).toBeTypeOf('string');
        expect(change?.subject.account).toBe(change?.account);
        for (const part of [change, change?.subject, change?.actor, change?.effect])
          expect(Object.values(part ?? {})).not.toContain(undefined);
      }),
      { numRuns: 1000 },
    );
  });
});
