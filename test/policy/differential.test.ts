import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActionSet } from '../../policy/action-set.ts';
import { type Service, serviceOf } from '../../policy/catalog/action-catalog.ts';
import { collectGrants, everyResourceOf, type Grants, grantersOf } from '../../policy/grants.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { allowedEverywhere, allowedSomewhere } from '../../policy/service-grants.ts';
import { runs } from '../property-runs.ts';
import { textOf, type Written } from './documents.ts';
import { allowedOnEach, allowedOnSome, type Documents, isAllowed } from './reference.ts';

/**
 * The resources of the generated policies take a service whole, one bucket whole or one account's keys whole. A sample
 * of each kind then tells the truth: what holds on every sample holds on every resource.
 *
 * Where the two differ by design: a NotResource hole in an Allow, and a Deny that is narrower than the service, take
 * nothing away from "everywhere", while the reference denies on the sample that they name. So the first property has
 * neither (its holes and Denies are of whole services), and the second, with both, asks for inclusion only. The third, about
 * what is allowed somewhere, leaves out documents with a boundary.
 */
const services = ['kms', 'sqs', 's3'].map(serviceOf);
const samples: Record<string, readonly string[]> = {
  kms: ['arn:aws:kms:eu-west-1:111122223333:key/k1', 'arn:aws:kms:us-east-1:444455556666:key/k2'],
  sqs: ['arn:aws:sqs:eu-west-1:111122223333:q1', 'arn:aws:sqs:us-east-1:444455556666:q2'],
  s3: ['arn:aws:s3:::b1', 'arn:aws:s3:::b2/o'],
};
const samplesOf = ({ prefix }: Service) => samples[prefix] ?? [];

const whole = fc.constantFrom('*', 'arn:*', 'arn:aws:kms:*', 'arn:aws:kms:*:*:key/*', 'arn:aws:sqs:*', 'arn:aws:s3:::*', 'arn:aws:?3:*');
const narrow = fc.constantFrom(
  'arn:aws:s3:::b1*',
  'arn:aws:kms:*:111122223333:key/*',
  'arn:aws:kms:eu-west-1:*',
  'arn:aws:sqs:*:*:q1*',
  'arn:aws:s3:::b2/*',
);
const actions = fc.constantFrom(
  '*',
  'kms:*',
  'KMS:D*',
  'kms:*crypt*',
  'kms:?ecrypt',
  's3:*',
  's3:Get*',
  's3:*Object',
  'sqs:*',
  'sqs:Send*',
  's*:*',
  '*:List*',
  '*e*',
  'x:y',
);

function statement(effect: 'Allow' | 'Deny', resource: fc.Arbitrary<string>, holes = true): fc.Arbitrary<Written> {
  const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });
  return fc
    .record({
      negatesAction: fc.boolean(),
      actions: some(actions),
      negatesResource: holes ? fc.boolean() : fc.constant(false),
      resources: some(resource),
    })
    .map((parts) => ({
      Effect: effect,
      [parts.negatesAction ? 'NotAction' : 'Action']: parts.actions,
      [parts.negatesResource ? 'NotResource' : 'Resource']: parts.resources,
    }));
}

function documents(allows: fc.Arbitrary<Written>, denies: fc.Arbitrary<Written>): fc.Arbitrary<Documents> {
  const statements = fc
    .tuple(fc.array(allows, { minLength: 1, maxLength: 3 }), fc.array(denies, { maxLength: 2 }))
    .map(([first, second]) => [...first, ...second]);
  return fc
    .oneof({ weight: 2, arbitrary: statements.map((own) => ({ own })) }, fc.record({ own: statements, boundary: statements }))
    .filter(({ own, boundary = [] }: Documents) => isReadExactly(own) && isReadExactly(boundary));
}

/** False where open patterns are too many to be compared: such a document is read at its worst, and says so. */
function isReadExactly(statements: readonly Written[]): boolean {
  return parsePolicy(textOf(statements)).problems.length === 0;
}

function grantsIn({ own, boundary }: Documents): Grants {
  const judged = (statements: readonly Written[]) => ({ policy: parsePolicy(textOf(statements)) });
  return collectGrants([judged(own)], boundary && judged(boundary), 'aws');
}

function namesIn(set: ActionSet, { names }: Service): string[] {
  return names.filter((_, i) => ((set[i >>> 5] ?? 0) & (1 << (i & 31))) !== 0);
}

describe('against the slow evaluator', () => {
  test('what is allowed everywhere is what is allowed on every sample, where nothing is narrower than a service', () => {
    fc.assert(
      fc.property(documents(statement('Allow', whole), statement('Deny', whole)), (written) => {
        const grants = grantsIn(written);
        for (const service of services) {
          expect(namesIn(allowedEverywhere(grants, service), service)).toEqual(allowedOnEach(written, service, samplesOf(service)));
        }
      }),
      runs(300),
    );
  });

  test('narrower Allows add nothing to what is allowed everywhere', () => {
    fc.assert(
      fc.property(documents(statement('Allow', fc.oneof(whole, narrow), false), statement('Deny', whole)), (written) => {
        const grants = grantsIn(written);
        for (const service of services) {
          const truth = new Set(allowedOnEach(written, service, samplesOf(service)));
          expect(namesIn(allowedEverywhere(grants, service), service).filter((name) => !truth.has(name))).toEqual([]);
        }
      }),
      runs(300),
    );
  });

  test('what is allowed on a sample is allowed somewhere, whatever is narrower', () => {
    fc.assert(
      fc.property(
        documents(statement('Allow', fc.oneof(whole, narrow), false), statement('Deny', fc.oneof(whole, narrow), false)),
        (written) => {
          if (written.boundary !== undefined) return;
          const grants = grantsIn(written);
          for (const service of services) {
            const told = new Set(namesIn(allowedSomewhere(grants, service), service));
            expect(allowedOnSome(written, service, samplesOf(service)).filter((name) => !told.has(name))).toEqual([]);
          }
        },
      ),
      runs(300),
    );
  });

  test('an action has granters on all of a service where it is allowed on every sample', () => {
    fc.assert(
      fc.property(
        documents(statement('Allow', whole), statement('Deny', whole)),
        fc.constantFrom('kms:Decrypt', 's3:GetObject', 'sqs:SendMessage'),
        (written, action) => {
          const service = serviceOf(action.slice(0, action.indexOf(':')));
          const [scope = ''] = everyResourceOf(service, 'aws');
          expect(grantersOf(grantsIn(written), action.toLowerCase(), scope) !== undefined).toBe(
            samplesOf(service).every((sample) => isAllowed(written, action, sample)),
          );
        },
      ),
      runs(300),
    );
  });
});
