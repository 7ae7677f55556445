import fc from 'fast-check';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Finding } from '../../schemas/finding.ts';

/** A value of an element: one text or a list. */
export type Element = string | readonly string[];

/** A statement as a document writes it. */
export interface WrittenStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: Element;
  readonly NotAction?: Element;
  readonly Resource?: Element;
  readonly NotResource?: Element;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

// Services of few actions, halves of their actions and halves of escalation paths, so that statements often meet and complete each other.
const actions = [
  '*',
  'iam:*',
  'iam:Get*',
  'iam:PassRole',
  'iam:PutUserPolicy',
  'iam:P*',
  'lambda:CreateFunction',
  'lambda:InvokeFunction',
  'sts:AssumeRole',
  'kms:*',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:D*',
  'sqs:*',
  'sqs:*Queue*',
  'sqs:*Message*',
  'sqs:*Permission',
  'execute-api:*',
  'execute-api:I*',
  'execute-api:ManageConnections',
  's3:GetObject',
  'nosuchservice:*',
];
const resources = [
  '*',
  '*',
  'arn:aws:*',
  'arn:aws:kms:*:*:key/*',
  'arn:aws:kms:*:111122223333:key/*',
  'arn:aws:kms:eu-west-1:111122223333:key/*',
  'arn:aws:sqs:*:*:*',
  'arn:aws:sqs:eu-west-1:111122223333:orders',
  'arn:aws:s3:::reports/*',
  'arn:aws:iam::*:role/*',
  'arn:aws:iam::111122223333:role/app',
  'arn:aws:iam::111122223333:user/${aws:username}',
];
const conditions = [
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
  { StringEquals: { 'example:Mood': 'good' } },
  { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
];

function elementOf(name: string, values: readonly string[]) {
  const list = fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 4 });
  return fc
    .tuple(list, fc.constantFrom(name, name, name, `Not${name}`))
    .map(([items, key]): Record<string, readonly string[]> => ({ [key]: items }));
}

function statementOf(effect: 'Allow' | 'Deny'): fc.Arbitrary<WrittenStatement> {
  return fc
    .tuple(
      elementOf('Action', actions),
      elementOf('Resource', resources),
      fc.option(fc.constantFrom(...conditions), { nil: undefined, freq: 4 }),
    )
    .map(([action, resource, condition]) => ({ Effect: effect, ...action, ...resource, ...(condition ? { Condition: condition } : {}) }));
}

/** An Allow statement. */
export const allow = statementOf('Allow');

/** A Deny statement. */
export const deny = statementOf('Deny');

/** The statements of a document, most of them Allows. */
export const statements = fc.array(fc.oneof({ arbitrary: allow, weight: 3 }, { arbitrary: deny, weight: 1 }), {
  minLength: 1,
  maxLength: 4,
});

/** The text of a document with these statements. */
export function textOf(written: WrittenStatement | readonly WrittenStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: written });
}

/** All findings about a text. The partition is named, so that a statement cannot change what "every resource" is asked in. */
export function judgeText(text: string, boundary?: string): Finding[] {
  return analyzePolicies({
    policies: [{ policy: parsePolicy(text) }],
    ...(boundary === undefined ? {} : { boundary: { policy: parsePolicy(boundary) } }),
    partition: 'aws',
  });
}

/** What findings say of what is allowed, apart from where it is written. */
export function essenceOf(findings: readonly Finding[]) {
  return findings.map(({ rule, severity, services, paths }) => ({ rule, severity, services, paths }));
}
