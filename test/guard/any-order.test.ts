import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activeRules } from '../../analyzers/active-rules.ts';
import { analyzePolicies, analyzePosture } from '../../analyzers/analyze.ts';
import { readUserTags } from '../../guard/user-tags.ts';
import type { ProjectedDirectory } from '../../iam/projected-directory.ts';
import { findingsTag } from '../../iam/tag-values.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { runs } from '../property-runs.ts';
import { type Delivery, deliveries, deliverLife } from './deliver-life.ts';
import { policyArns } from './random-calls.ts';
import { recordsOf, type Step, steps } from './random-life.ts';

/** What the tags of a user say of it, and what its posture alone calls for. A user with nothing wrong is `clear` or untagged, by what was seen on the way. */
async function saidAndTrue(directory: ProjectedDirectory, userName: string) {
  const posture = await directory.posture(userName);
  if (!posture.found) return undefined;
  const { verdict = 'clear', findings } = readUserTags(posture.value.tags, 'trailguard');
  const truth = analyzePosture(posture.value, defaultConfiguration, activeRules(defaultConfiguration));
  return { said: { verdict, findings }, true: calledFor(truth) };
}

/** The same of a managed policy and its version in force. Undefined where there is no such policy in the end. */
async function saidAndTrueOfPolicy(directory: ProjectedDirectory, arn: string) {
  const [tags, inForce] = [await directory.policyTags(arn), await directory.managedPolicy(arn)];
  if (!tags.found || !inForce.found) return undefined;
  const { verdict = 'clear', findings } = readUserTags(tags.value, 'trailguard');
  const policy = parsePolicy(inForce.value.document);
  const truth = analyzePolicies({ policies: [{ policy, name: inForce.value.name }] }, activeRules(defaultConfiguration));
  return { said: { verdict, findings }, true: calledFor(truth) };
}

function calledFor(truth: readonly Finding[]) {
  return { verdict: truth[0]?.severity ?? 'clear', findings: truth.length === 0 ? undefined : findingsTag(truth) };
}

const userNames = ['alice', 'alice-renamed', 'bob', 'bob-renamed'];

/** A life, an event a line: for whoever reads a counterexample. */
function told(records: readonly CloudTrailRecord[]): string {
  return records.map((one) => `${one.eventID} ${one.eventTime} ${one.eventName} ${JSON.stringify(one.requestParameters)}`).join('\n');
}

async function endsTrue(life: readonly Step[], delivery: Delivery): Promise<void> {
  const records = await recordsOf(life);
  const { directory, deadLetters } = await deliverLife(records, delivery);
  expect(deadLetters, told(records)).toEqual([]);
  for (const userName of userNames) {
    const of = await saidAndTrue(directory, userName);
    expect(of?.said, `${userName}\n${told(records)}`).toEqual(of?.true);
  }
}

// What must be equal, whatever the order: the verdict and the findings. When a user was first flagged or cleared, by which event, and
// whether a user who was flagged for a moment only is `clear` or untagged, depends on what was seen when.
describe('users whose events come late, twice and in any order, read from an IAM that has not settled', () => {
  test('end with the verdict and the findings of what they hold in the end', async () => {
    await fc.assert(fc.asyncProperty(steps, deliveries, endsTrue), runs(300));
  });

  test('and where reads are never old, so do managed policies, which nobody looks at again', async () => {
    const fresh = deliveries.map((delivery) => ({ ...delivery, lags: [0] }));
    const policiesEndTrue = async (life: readonly Step[], delivery: Delivery) => {
      const records = await recordsOf(life);
      const { directory } = await deliverLife(records, delivery);
      for (const arn of policyArns) {
        const of = await saidAndTrueOfPolicy(directory, arn);
        expect(of?.said, `${arn}\n${told(records)}`).toEqual(of?.true);
      }
    };
    await fc.assert(fc.asyncProperty(steps, fresh, policiesEndTrue), runs(150));
  });
});
