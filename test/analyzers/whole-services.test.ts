import { describe, expect, test } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { consequentialActions } from '../../policy/action-set.ts';
import { isEmpty } from '../../policy/bits.ts';
import { allServices, serviceOf } from '../../policy/catalog/action-catalog.ts';
import { everyResourceOf } from '../../policy/grants.ts';
import { allow, deny, findingsOf, policyOf, told, toldOf, type Written } from '../policy/documents.ts';

const admin = ['admin-access critical'];

describe('every service by its name', () => {
  const named = (accepts: (prefix: string) => boolean) =>
    told(
      allow(
        allServices()
          .filter(({ prefix }) => accepts(prefix))
          .map(({ prefix }) => `${prefix}:*`),
      ),
    );

  test('is administrative access', () => {
    expect(named(() => true)).toEqual(admin);
  });

  test('is so without those that only read or list', () => {
    expect(named((prefix) => !isEmpty(consequentialActions(serviceOf(prefix))))).toEqual(admin);
  });

  test('is not where one is missing that changes something', () => {
    expect(named((prefix) => prefix !== 'sqs').join(' ')).not.toContain('admin-access');
  });

  test('is not where only half of them are named', () => {
    const half = new Set(
      allServices()
        .filter((_, at) => at % 2 === 0)
        .map(({ prefix }) => prefix),
    );
    expect(named((prefix) => half.has(prefix)).join(' ')).not.toContain('admin-access');
  });
});

describe('a service of a single action is whole', () => {
  test.each(['rds-db:*', 'rds-db:**', 'rds-db:?*', 'rds-db:*?'])('where it is written %s', (action) => {
    expect(told(allow(action))).toEqual(['service-admin high rds-db']);
  });

  test.each(['rds-db:connect', 'rds-db:???????', 'rds-db:*ect*', 'rds-db:?onnect*', 'rds-db:con*'])('but not where it is %s', (action) => {
    expect(told(allow(action))).toEqual([]);
  });

  test('but not where a NotAction leaves it in, or where other services are written', () => {
    const services = (...statements: Written[]) => findingsOf(...statements).flatMap(({ services: found = [] }) => found);
    expect(services({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })).not.toContain('rds-db');
    expect(services({ Effect: 'Allow', NotAction: ['iam:*', 'rds-db:Other'], Resource: '*' })).not.toContain('rds-db');
    expect(services({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, allow('rds-db:*'))).toContain('rds-db');
  });
});

describe('a service of several kinds of resources is whole everywhere only where it is on each kind', () => {
  const forms = everyResourceOf('dynamodb', 'aws');
  const [first = '', second = ''] = forms;

  test('so not on one kind', () => {
    expect(forms).toHaveLength(2);
    for (const form of forms) expect(told(allow('dynamodb:*', form)), form).toEqual(['service-admin low dynamodb']);
    expect(told(allow('dynamodb:*', [...forms]))).toEqual(['service-admin high dynamodb']);
  });

  test('not where some actions are on one kind and the rest on another', () => {
    const [reads, others] = ['dynamodb:*e*', 'dynamodb:*'];
    expect(told(allow(reads, first), allow(others, second))).toEqual(['service-admin low dynamodb']);
    expect(told(allow(others, first), allow(reads, second))).toEqual(['service-admin low dynamodb']);
    expect(told(allow(others, first), allow(reads, second), allow(others, second))).toEqual(['service-admin high dynamodb']);
  });

  test('and is none of it only where Denies take each kind', () => {
    for (const form of forms) expect(told(allow('dynamodb:*'), deny('dynamodb:*', form)), form).toEqual(['service-admin high dynamodb']);
    expect(told(allow('dynamodb:*'), deny('dynamodb:*', first), deny('dynamodb:*', second))).toEqual([]);
  });

  test('and is so within a boundary only where that lets each kind through', () => {
    const policies = [{ policy: policyOf(allow('dynamodb:*')) }];
    const within = (...resources: string[]) =>
      toldOf(analyzePolicies({ policies, boundary: { policy: policyOf(...resources.map((resource) => allow('*', resource))) } }));
    for (const form of forms) expect(within(form), form).toEqual(['service-admin low dynamodb']);
    expect(within(...forms)).toEqual(['service-admin high dynamodb']);
  });
});

describe('of many statements', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];

  test('each with some actions on all resources of a service, all count', () => {
    expect(told(...letters.map((letter) => allow(`sqs:${letter}*`, 'arn:aws:sqs:*:*:*')))).toEqual(['service-admin high sqs']);
  });

  test('one with the actions that are missing elsewhere is missed', () => {
    const some = letters.filter((letter) => letter !== 'p').map((letter) => allow(`sqs:${letter}*`, 'arn:aws:sqs:*:*:*'));
    expect(told(...some)).toEqual([]);
    expect(told(...some, allow('sqs:p*', 'arn:aws:sqs:*:*:orders'))).toEqual(['service-admin low sqs']);
  });
});

describe('on a resource that is named', () => {
  const orders = 'arn:aws:sqs:eu-west-1:111122223333:orders';

  test('a Deny on it takes its actions away, one on another does not', () => {
    expect(told(allow('sqs:*', orders), deny('sqs:DeleteQueue', orders))).toEqual([]);
    expect(told(allow('sqs:*', orders), deny('sqs:DeleteQueue', `${orders}-archive`))).toEqual(['service-admin low sqs']);
  });

  test('the empty text is none of a service', () => {
    expect(told(allow('sqs:*', ''))).toEqual(['service-admin low sqs']);
    expect(told(allow('*', ''))).not.toContain('admin-access critical');
  });
});

describe('a service of few actions', () => {
  const ofThree = allServices().find((service) => service.names.length === 3 && !isEmpty(consequentialActions(service)));
  const prefix = ofThree?.prefix ?? '';

  test('is whole by a wildcard that stands for its three', () => {
    const first = new Set(ofThree?.names.map((name) => `${prefix.slice(0, -1)}?:${name}`));
    expect(told(allow([...first])).join(' ')).toContain(prefix);
  });
});

describe('everything on one bucket', () => {
  test('makes no administrator, where all that comes before a service that only reads is granted by name', () => {
    const readsOnly = allServices().findIndex((service) => isEmpty(consequentialActions(service)));
    const before = allServices()
      .slice(0, readsOnly)
      .map(({ prefix }) => `${prefix}:*`);
    expect(told(allow([...before, 's3:*']), allow('*', 'arn:aws:s3:::reports/*')).join(' ')).not.toContain('admin-access');
  });
});
