import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceFault } from '../../../cli/check/inputs/source-tree.ts';
import { judged } from './judge.ts';

const key = fc.constantFrom(
  'Ref',
  'Fn::If',
  'Fn::Sub',
  'Fn::Join',
  'Fn::GetAtt',
  'Statement',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'Condition',
);
const { value } = fc.letrec((again) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom('*', 'Allow', 'Deny', 's3:*', 'AWS::NoValue', '${AWS::AccountId}', null, 1, true),
    fc.array(again('value'), { maxLength: 4 }),
    fc.dictionary(key, again('value'), { maxKeys: 4 }),
  ),
}));

test('whatever stands in a template or a plan, it is judged, or told', async () => {
  await fc.assert(
    fc.asyncProperty(value, value, async (first, second) => {
      const template = {
        Parameters: first,
        Resources: {
          R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: first, PolicyDocument: { Statement: second } }] } },
          F: { Type: 'AWS::Serverless::Function', Properties: { Policies: second } },
        },
      };
      const data = { address: 'd', mode: 'data', type: 'aws_iam_policy_document', change: { after: { statement: first } } };
      const role = { address: 'r', type: 'aws_iam_role', change: { after: { inline_policy: second } } };
      const plan = { format_version: '1.2', planned_values: first, resource_changes: [data, role] };
      for (const file of [template, plan]) {
        for (const { findings } of await judged(JSON.stringify(file), 'x.json')) {
          for (const { evidence } of findings) expect(evidence.every(({ line, column }) => line === 1 && column !== undefined)).toBe(true);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('a YAML template with anything in it is judged, or refused with its place', async () => {
  const template = (piece: string, at: number) => {
    const text =
      'Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument:\n        Statement: { Effect: Allow, Action: "*", Resource: "*" }\n';
    return text.slice(0, at) + piece + text.slice(at);
  };
  const piece = fc.constantFrom(
    '!If ',
    '!Ref ',
    '*',
    '&a ',
    '*a',
    '[',
    ']',
    '{',
    '}',
    ':',
    '\n',
    '- ',
    '<<: ',
    '"',
    '\t',
    '|',
    '>',
    '%',
    '#',
    '~',
    '---\n',
  );
  await fc.assert(
    fc.asyncProperty(piece, fc.nat(170), async (text, at) => {
      const read = await judged(template(text, at)).catch((error: unknown) => error);
      if (Array.isArray(read)) return;
      expect(read).toBeInstanceOf(SourceFault);
      expect(read).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
    }),
    { numRuns: 300 },
  );
});
