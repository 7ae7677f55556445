// The published schema of SARIF 2.1.0, as this package carries it.
import published from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { trailguard } from '../run-command.ts';
import { useScratch } from '../scratch.ts';

const scratch = useScratch();
/** Of draft 4 the schema uses nothing that Ajv reads otherwise. */
const { $schema: _draft, id: _id, ...schema } = published;
// One of its patterns is no regular expression with the `u` flag.
const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
const isSarif = ajv.compile(schema);

const statement = (action: string) => ({ Effect: 'Allow', Action: action, Resource: '*' });

async function sarif(...words: string[]): Promise<Log> {
  const { out } = await trailguard(['check', '--format', 'sarif', ...words]);
  const log = JSON.parse(out);
  expect(isSarif(log) ? [] : isSarif.errors).toEqual([]);
  return log;
}

describe('SARIF', () => {
  test('the schema refuses what is not SARIF', () => {
    expect(isSarif({ version: '2.1.0', runs: [{ tool: { driver: {} }, results: [] }] })).toBe(false);
  });

  test('is valid with findings, with errors, and with neither', async () => {
    await sarif(await scratch.file('a.json', { Statement: [statement('s3:*')] }));
    const { runs } = await sarif(await scratch.file('b.json', '{"Statement":'), '/nowhere.json');
    expect(runs[0]?.invocations?.[0]?.executionSuccessful).toBe(false);
    expect(runs[0]?.invocations?.[0]?.toolExecutionNotifications).toHaveLength(2);
    const clean = await sarif(await scratch.file('c.json', { Statement: [] }));
    expect(clean.runs[0]).toMatchObject({ results: [], invocations: [{ executionSuccessful: true }] });
  });

  test('one descriptor for each rule and severity, critical above 9.0', async () => {
    const all = { Statement: [statement('s3:*'), statement('organizations:*'), statement('sqs:*')] };
    const { runs } = await sarif(await scratch.file('a.json', all), await scratch.file('b.json', all));
    const [run] = runs;
    const descriptors = run?.tool.driver.rules ?? [];
    const scores = Object.fromEntries(descriptors.map(({ id, properties }) => [id, Number(properties?.['security-severity'])]));
    expect(scores['service-admin/critical']).toBeGreaterThan(9);
    expect(scores['service-admin/high']).toBeLessThan(9);
    expect(new Set(descriptors.map(({ id }) => id)).size).toBe(descriptors.length);
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(descriptors[ruleIndex ?? -1]?.id).toBe(ruleId);
  });

  test('places: the first evidence, the others related; the resource by name', async () => {
    const template = { Resources: { R: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: statement('s3:*') } } } } };
    const { runs } = await sarif(await scratch.file('t.json', JSON.stringify(template, null, 2)));
    const [result] = runs[0]?.results ?? [];
    expect(result?.locations?.[0]).toMatchObject({
      physicalLocation: { region: { startLine: 9, startColumn: 23 } },
      logicalLocations: [{ fullyQualifiedName: 'R', kind: 'resource' }],
    });
    expect(result?.relatedLocations?.[0]?.physicalLocation?.region).toEqual({ startLine: 10, startColumn: 25 });
  });

  test('URIs: relative and percent-encoded below the working directory, absolute elsewhere', async () => {
    await scratch.file('my policies/50% ä#?.json', { Statement: [statement('s3:*')] });
    const { out } = await trailguard(['check', '--format', 'sarif', 'my policies'], { cwd: scratch.folder });
    const inside = JSON.parse(out).runs[0].results[0].locations[0].physicalLocation.artifactLocation;
    expect(inside).toEqual({ uri: 'my%20policies/50%25%20%C3%A4%23%3F.json', uriBaseId: '%SRCROOT%' });
    const outside = (await sarif(scratch.folder)).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation;
    expect(outside).toEqual({ uri: expect.stringMatching(/^file:\/\/\/.*\/my%20policies\/50%25%20%C3%A4%23%3F\.json$/) });
  });

  test('fingerprints hold when a finding moves, and tell files and services apart', async () => {
    const print = async (name: string, content: string) => {
      const { runs } = await sarif(await scratch.file(name, content));
      return runs[0]?.results?.map(({ partialFingerprints }) => partialFingerprints?.['trailguard/v1']);
    };
    const one = JSON.stringify({ Statement: [statement('s3:*')] });
    const moved = JSON.stringify({ Version: '2012-10-17', Statement: [statement('s3:GetObject'), statement('s3:*')] }, null, 4);
    const first = await print('a.json', one);
    expect(await print('a.json', moved)).toEqual(first);
    expect(await print('b.json', one)).not.toEqual(first);
    expect(await print('a.json', one.replace('s3', 'sqs'))).not.toEqual(first);
  });
});
