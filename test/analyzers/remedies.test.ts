import { describe, expect, test } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { type AccessLevel, allServices, type Service, serviceOf } from '../../policy/catalog/action-catalog.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { covers } from '../../policy/wildcards.ts';
import type { Finding } from '../../schemas/finding.ts';

interface Remedy {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

function judge(...statements: readonly unknown[]): Finding[] {
  return analyzePolicies({ policies: [{ policy: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements })) }] });
}

/** The remedies of a rule's worst finding on statements. */
function remediesOf(rule: string, ...statements: readonly unknown[]): Remedy[] {
  const found = judge(...statements).find((finding) => finding.rule === rule);
  return (found?.remediation.commands ?? []).map((text) => JSON.parse(text) as Remedy);
}

const whole = ({ prefix }: Service, partition = 'aws') => ({ Effect: 'Allow', Action: `${prefix}:*`, Resource: `arn:${partition}:*` });

/** As an author fills it in: every word in capitals becomes a name, and a general form becomes one resource of each kind. */
function filledIn({ Action, Resource, ...rest }: Remedy, { names, arns }: Service) {
  const ofEachKind = arns.map((arn) =>
    arn
      .replace('{p}', 'aws')
      .replaceAll(/[*?][*?-]*/g, 'reports')
      .split(':')
      .slice(5)
      .join(':'),
  );
  const resources = Resource.flatMap((arn) => (arn.includes('RESOURCE') ? ofEachKind.map((kind) => arn.replace('RESOURCE', kind)) : [arn]));
  return {
    ...rest,
    Action: Action.map((action) => action.replace('ACTION_IN_USE', names[0] ?? '')),
    Resource: resources.map((arn) =>
      arn
        .replace('REGION', 'eu-west-1')
        .replace('ACCOUNT', '111122223333')
        .replaceAll(/NAME|BUCKET/g, 'reports'),
    ),
  };
}

const services = allServices().map((service) => ({
  prefix: service.prefix,
  service,
  remedies: remediesOf('service-admin', whole(service)),
}));

/** Access levels of the actions that a remedy's patterns hold. */
function levelsIn({ Action }: Remedy, { prefix, lowerNames, levels }: Service): Set<AccessLevel> {
  const held = lowerNames.flatMap((name, at) =>
    Action.some((glob) => covers(glob.toLowerCase(), `${prefix}:${name}`)) ? [levels[at]] : [],
  );
  return new Set(held.flatMap((level) => (level ? [level] : [])));
}

describe.each(services)('the remedy for all of $prefix', ({ service, remedies }) => {
  test('is judged clean when its names are filled in', () => {
    expect(remedies.length).toBeGreaterThan(0);
    expect(judge(...remedies.map((remedy) => filledIn(remedy, service)))).toEqual([]);
  });

  test('splits what reads from what writes, and names little', () => {
    const reads = (level: AccessLevel) => level === 'Read' || level === 'List';
    for (const remedy of remedies) {
      expect(remedy.Action.length).toBeLessThanOrEqual(5);
      expect(new Set(remedy.Action).size).toBe(remedy.Action.length);
      const levels = [...levelsIn(remedy, service)];
      if (remedy.Sid?.startsWith('Read')) expect(levels.every(reads)).toBe(true);
      else if (remedy.Sid?.startsWith('Write')) expect(levels).toEqual(['Write']);
      else expect(remedy.Action).toEqual([`${service.prefix}:ACTION_IN_USE`]);
    }
    const sids = remedies.map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
    for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
  });

  test('has only what the catalog knows, on nothing that reaches beyond a name', () => {
    for (const { Action, Resource } of remedies) {
      const named = Action.filter((glob) => !glob.endsWith(':ACTION_IN_USE'));
      for (const glob of named)
        expect(
          service.lowerNames.some((name) => covers(glob.toLowerCase(), `${service.prefix}:${name}`)),
          glob,
        ).toBe(true);
      expect(Resource.filter((arn) => /[*?{]/.test(arn) && arn !== 'arn:aws:s3:::BUCKET/*')).toEqual([]);
    }
  });
});

describe('the remedies for services granted whole', () => {
  const actionsOf = (prefix: string) => remediesOf('service-admin', whole(serviceOf(prefix))).map(({ Action }) => Action);

  test('are clean together: no service completes what another began', () => {
    const all = services.flatMap(({ service, remedies }) => remedies.map((remedy) => filledIn(remedy, service)));
    expect(judge(...all)).toEqual([]);
  });

  test('are what the service is for, without what deletes, manages permissions or makes the caller more', () => {
    expect(actionsOf('sqs')).toEqual([
      ['sqs:Get*', 'sqs:List*', 'sqs:ReceiveMessage'],
      ['sqs:ChangeMessageVisibility', 'sqs:CreateQueue', 'sqs:SendMessage'],
    ]);
    expect(actionsOf('s3')[0]).toEqual(['s3:Describe*', 's3:Get*', 's3:List*']);
    expect(actionsOf('s3')[1]).toContain('s3:PutObject');
    expect(actionsOf('kms')[1]).toEqual(['kms:Decrypt', 'kms:Encrypt', 'kms:Generate*', 'kms:Sign', 'kms:Verify*']);
    expect(actionsOf('iam')[0]).toContain('iam:Get*');
    expect(actionsOf('sts').flat()).not.toContain('sts:AssumeRoot');
  });

  test('of which two make the whole are one name short of it', () => {
    const { names } = serviceOf('awsconnector');
    expect(actionsOf('awsconnector').flat()).toHaveLength(names.length - 1);
    expect(actionsOf('mobileanalytics')).toEqual([['mobileanalytics:GetReports'], ['mobileanalytics:PutEvents']]);
  });

  test('leave the name to the author where none is to be offered', () => {
    expect(actionsOf('rds-db')).toEqual([['rds-db:ACTION_IN_USE']]);
    expect(actionsOf('nosuchservice')).toEqual([['nosuchservice:ACTION_IN_USE']]);
  });
});

describe.each(['aws', 'aws-cn', 'aws-us-gov'])('a remedy in %s', (partition) => {
  const partitionsIn = (remedies: readonly Remedy[]) =>
    new Set(remedies.flatMap(({ Resource }) => Resource).flatMap((arn) => (arn === '*' ? [] : [arn.split(':')[1]])));
  const only = new Set([partition]);

  test('for a service names the resources there', () => {
    expect(partitionsIn(remediesOf('service-admin', whole(serviceOf('sqs'), partition)))).toEqual(only);
    const one = { Effect: 'Allow', Action: 'sqs:*', Resource: `arn:${partition}:sqs:REGION:111122223333:orders` };
    expect(partitionsIn(remediesOf('service-admin', one))).toEqual(only);
  });

  test('for decryption names one key there, and is judged clean', () => {
    const remedies = remediesOf('kms-decrypt-all-keys', {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: `arn:${partition}:kms:*:*:key/*`,
    });
    expect(remedies).toEqual([{ Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [`arn:${partition}:kms:REGION:ACCOUNT:key/KEY_ID`] }]);
    expect(judge(...remedies)).toEqual([]);
  });

  test.each([
    'iam:CreateAccessKey',
    'sts:AssumeRole',
    'lambda:UpdateFunctionCode',
    'cloudformation:UpdateStack',
    'ssm:SendCommand',
    'iam:PassRole',
  ])('for an escalation with %s names what it may be used on there, and is judged clean', (action) => {
    const Action = action === 'iam:PassRole' ? [action, 'ec2:RunInstances'] : [action];
    const remedies = remediesOf('privilege-escalation', { Effect: 'Allow', Action, Resource: `arn:${partition}:*` });
    expect(partitionsIn(remedies)).toEqual(only);
    expect(judge(...remedies)).toEqual([]);
  });
});

describe('what to do about administrative access', () => {
  test('is a statement to fill in, and the command that tells what is in use', () => {
    const [found] = judge({ Effect: 'Allow', Action: '*', Resource: '*' });
    expect(found?.remediation.commands).toEqual([
      '{"Effect":"Allow","Action":["SERVICE:ACTION_IN_USE"],"Resource":["ARN_OF_WHAT_IT_IS_USED_ON"]}',
      'aws iam generate-service-last-accessed-details --arn PRINCIPAL_ARN',
    ]);
  });
});

test('of services granted whole, the first shows how', () => {
  const one = remediesOf('service-admin', { Effect: 'Allow', Action: 's3:*', Resource: '*' });
  expect(remediesOf('service-admin', { Effect: 'Allow', Action: ['s3:*', 'sqs:*'], Resource: '*' })).toEqual(one);
});
