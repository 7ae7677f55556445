import { account, type Chance, recordText } from './trail-records.ts';

/** The IAM changes of an account, one after the other: each builds on those before it. */
export interface IamHistory {
  /** The next change, as the text of a record with this `eventTime`. */
  next(time: string): string;
}

interface Change {
  readonly name: string;
  readonly request: object;
  readonly response?: object;
}

/** As many as IAM's quotas let an account, a user, a role or a policy have, or fewer. */
const most = { users: 800, policies: 900, roles: 900, attached: 10, keys: 2, versions: 5, groups: 10 };
const groups: readonly string[] = ['developers', 'operators', 'analysts', 'auditors', 'finance'];
const awsPolicies: readonly string[] = [
  'ReadOnlyAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonEC2ContainerRegistryReadOnly',
  'CloudWatchAgentServerPolicy',
  'AmazonSSMManagedInstanceCore',
  'service-role/AWSLambdaBasicExecutionRole',
  'PowerUserAccess',
];

/** A history in which pipelines make and remove roles and policies, and people now and then touch users, keys and groups. */
export function createIamHistory(chance: Chance): IamHistory {
  const [users, policies, roles]: [string[], string[], string[]] = [[], [], []];
  let made = 0;
  const arn = (kind: string, name: string): string => `arn:aws:iam::${account}:${kind}/${name}`;
  const fresh = (list: string[], prefix: string): string => {
    made += 1;
    const name = `${prefix}-${made}`;
    list.push(name);
    return name;
  };
  /** What somebody or something has: policies, keys, groups, versions. */
  const having = new Map<string, string[]>();
  const gone = (list: string[]): string => {
    const name = list.splice(chance.below(list.length), 1)[0] ?? 'none';
    for (const kind of ['attached', 'keys', 'groups', 'versions']) having.delete(`${kind} ${name}`);
    return name;
  };
  /** Gives one more thing where the quota allows it, else takes one away: IAM refuses what is not so. */
  const change = (kind: 'attached' | 'keys' | 'groups' | 'versions', name: string, wantsMore: boolean, one: () => string) => {
    const things = having.get(`${kind} ${name}`) ?? [];
    having.set(`${kind} ${name}`, things);
    // The last version is the one in force, which IAM keeps
    const kept = kind === 'versions' ? 1 : 0;
    const isMore = things.length <= kept || (wantsMore && things.length < most[kind]);
    const thing = isMore ? one() : (things.splice(chance.below(things.length - kept), 1)[0] ?? one());
    if (isMore && !things.includes(thing)) things.push(thing);
    return { isMore, thing };
  };
  const attachment = (holder: 'User' | 'Role', wantsMore: boolean): Change => {
    const name = chance.of(holder === 'User' ? users : roles);
    const { isMore, thing } = change('attached', name, wantsMore, policyArn);
    return { name: `${isMore ? 'Attach' : 'Detach'}${holder}Policy`, request: { [`${holder.toLowerCase()}Name`]: name, policyArn: thing } };
  };
  const accessKey = (wantsMore: boolean): Change => {
    const userName = chance.of(users);
    const { isMore, thing } = change('keys', userName, wantsMore, () => `AKIA${chance.letters(16)}`);
    if (!isMore) return { name: 'DeleteAccessKey', request: { userName, accessKeyId: thing } };
    const accessKey = { userName, accessKeyId: thing, status: 'Active', createDate: 'Mar 2, 2026, 9:05:11 AM' };
    return { name: 'CreateAccessKey', request: { userName }, response: { accessKey } };
  };
  const membership = (wantsMore: boolean): Change => {
    const userName = chance.of(users);
    const { isMore, thing } = change('groups', userName, wantsMore, () => chance.of(groups));
    return { name: isMore ? 'AddUserToGroup' : 'RemoveUserFromGroup', request: { userName, groupName: thing } };
  };
  const policyArn = (): string =>
    chance.below(2) === 0 ? `arn:aws:iam::aws:policy/${chance.of(awsPolicies)}` : arn('policy', chance.of(policies));
  const policyDocument = (): string => documentText(chance);

  const createUser = (): Change => {
    const userName = fresh(users, 'user');
    const user = {
      path: '/',
      userName,
      userId: `AIDA${chance.letters(17)}`,
      arn: arn('user', userName),
      createDate: 'Mar 2, 2026, 9:05:11 AM',
    };
    return { name: 'CreateUser', request: { userName }, response: { user } };
  };
  const createPolicy = (): Change => {
    const policyName = fresh(policies, 'team-policy');
    const policy = {
      policyName,
      policyId: `ANPA${chance.letters(17)}`,
      arn: arn('policy', policyName),
      path: '/',
      defaultVersionId: 'v1',
      attachmentCount: 0,
      permissionsBoundaryUsageCount: 0,
      isAttachable: true,
    };
    return { name: 'CreatePolicy', request: { policyName, path: '/', policyDocument: policyDocument() }, response: { policy } };
  };
  const createRole = (): Change => {
    const roleName = fresh(roles, 'app-role');
    const role = { path: '/', roleName, roleId: `AROA${chance.letters(17)}`, arn: arn('role', roleName) };
    return { name: 'CreateRole', request: { roleName, assumeRolePolicyDocument: trust }, response: { role } };
  };
  const ofUser = (name: string, more: object = {}): Change => ({ name, request: { userName: chance.of(users), ...more } });
  const ofRole = (name: string, more: object = {}): Change => ({ name, request: { roleName: chance.of(roles), ...more } });
  const version = (wantsMore: boolean): Change => {
    const name = chance.of(policies);
    const { isMore, thing: versionId } = change('versions', name, wantsMore, () => {
      made += 1;
      return `v${made}`;
    });
    const policy = arn('policy', name);
    if (!isMore) return { name: 'DeletePolicyVersion', request: { policyArn: policy, versionId } };
    const request = { policyArn: policy, policyDocument: policyDocument(), setAsDefault: true };
    return { name: 'CreatePolicyVersion', request, response: { policyVersion: { versionId, isDefaultVersion: true } } };
  };

  const kinds: readonly { readonly weight: number; readonly make: () => Change }[] = [
    { weight: 14, make: createRole },
    { weight: 14, make: () => attachment('Role', true) },
    { weight: 12, make: () => ofRole('PutRolePolicy', { policyName: `inline-${chance.below(4)}`, policyDocument: policyDocument() }) },
    { weight: 10, make: () => attachment('Role', false) },
    { weight: 8, make: () => ofRole('DeleteRolePolicy', { policyName: `inline-${chance.below(4)}` }) },
    { weight: 12, make: () => (roles.length > 100 ? { name: 'DeleteRole', request: { roleName: gone(roles) } } : createRole()) },
    { weight: 7, make: createPolicy },
    { weight: 7, make: () => version(true) },
    { weight: 5, make: () => version(false) },
    {
      weight: 6,
      make: () =>
        policies.length > 100 ? { name: 'DeletePolicy', request: { policyArn: arn('policy', gone(policies)) } } : createPolicy(),
    },
    { weight: 2, make: createUser },
    { weight: 2, make: () => (users.length > 100 ? { name: 'DeleteUser', request: { userName: gone(users) } } : createUser()) },
    { weight: 2, make: () => attachment('User', true) },
    { weight: 2, make: () => attachment('User', false) },
    { weight: 1, make: () => ofUser('PutUserPolicy', { policyName: `inline-${chance.below(3)}`, policyDocument: policyDocument() }) },
    { weight: 4, make: () => accessKey(true) },
    { weight: 4, make: () => accessKey(false) },
    { weight: 2, make: () => ofUser('UpdateLoginProfile', { passwordResetRequired: false }) },
    { weight: 2, make: () => membership(true) },
    { weight: 1, make: () => membership(false) },
    { weight: 3, make: () => ofUser('TagUser', { tags: [{ key: 'team', value: `team-${chance.below(40)}` }] }) },
  ];

  function choose(): Change {
    if (roles.length < 20) return createRole();
    if (policies.length < 20) return createPolicy();
    if (users.length < 20) return createUser();
    for (;;) {
      const { make } = chance.weighted(kinds);
      if (make === createRole && roles.length >= most.roles) continue;
      if (make === createPolicy && policies.length >= most.policies) continue;
      if (make === createUser && users.length >= most.users) continue;
      return make();
    }
  }

  return {
    next(time) {
      const { name, request, response } = choose();
      const denied = chance.below(30) === 0;
      const error = `,"errorCode":"AccessDenied","errorMessage":"User: arn:aws:iam::${account}:user/user-7 is not authorized to perform: iam:${name} on resource: user user-9 because no identity-based policy allows the iam:${name} action"`;
      return recordText(chance, {
        time,
        source: 'iam.amazonaws.com',
        name,
        region: 'us-east-1',
        reads: false,
        request: denied ? 'null' : JSON.stringify(request),
        response: denied || response === undefined ? 'null' : JSON.stringify(response),
        ...(denied ? { error } : {}),
      });
    },
  };
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

const actions: readonly (readonly [service: string, names: readonly string[]])[] = [
  ['s3', ['GetObject', 'PutObject', 'ListBucket', 'DeleteObject']],
  ['dynamodb', ['GetItem', 'PutItem', 'Query', 'UpdateItem', 'BatchGetItem']],
  ['sqs', ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']],
  ['logs', ['CreateLogStream', 'PutLogEvents', 'CreateLogGroup']],
  ['kms', ['Decrypt', 'GenerateDataKey']],
  ['ssm', ['GetParameter', 'GetParametersByPath']],
];

/** A policy of one to four statements on named things; one in fifteen is too broad. */
function documentText(chance: Chance): string {
  const Statement: object[] = Array.from({ length: 1 + chance.below(4) }, (_, index) => {
    const [service, names] = chance.of(actions);
    return {
      Sid: `Allow${service}${index}`,
      Effect: 'Allow',
      Action: names.slice(0, 1 + chance.below(names.length)).map((name) => `${service}:${name}`),
      Resource: [
        `arn:aws:${service}:eu-central-1:${account}:app-${chance.hex(8)}`,
        `arn:aws:${service}:eu-central-1:${account}:app-${chance.hex(8)}/*`,
      ],
    };
  });
  const broad = { Effect: 'Allow', Action: `${chance.of(actions)[0]}:*`, Resource: '*' };
  return JSON.stringify(
    { Version: '2012-10-17', Statement: chance.below(15) === 0 ? [...Statement, broad] : Statement },
    undefined,
    chance.below(3) === 0 ? 2 : 0,
  );
}
