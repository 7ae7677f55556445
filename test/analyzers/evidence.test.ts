import { describe, expect, test } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { parsePolicy } from '../../policy/parse.ts';

interface Written {
  readonly Effect: 'Allow';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string;
}

const allow = (Action: string | readonly string[], Resource = '*'): Written => ({ Effect: 'Allow', Action: [Action].flat(), Resource });
const allowBut = (...NotAction: string[]): Written => ({ Effect: 'Allow', NotAction, Resource: '*' });

const nothing = allow('s3:ListAllMyBuckets');

/** The statements that a rule's findings point to. */
function evidenceOf(rule: string, written: readonly Written[]): number[] {
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: written }));
  const findings = analyzePolicies({ policies: [{ policy }] }).filter((finding) => finding.rule === rule);
  expect(findings).toHaveLength(1);
  return [...new Set(findings.flatMap(({ evidence }) => evidence.map(({ statement }) => statement)))];
}

/** For each rule: two halves of a grant, statements that are most of it or some of it, and one that is all. */
const grants: readonly { rule: string; halves: readonly [Written, Written]; straddling: Written; alone: Written }[] = [
  {
    rule: 'admin-access',
    halves: [allowBut('iam:*'), allow('iam:*')],
    straddling: allowBut('iam:Create*', 'kms:*'),
    alone: allow('*'),
  },
  {
    rule: 'service-admin',
    halves: [allow(['sqs:A*', 'sqs:C*', 'sqs:D*', 'sqs:G*', 'sqs:L*']), allow(['sqs:P*', 'sqs:R*', 'sqs:S*', 'sqs:T*', 'sqs:U*'])],
    straddling: allow(['sqs:C*', 'sqs:D*', 'sqs:G*', 'sqs:L*', 'sqs:R*', 'sqs:S*', 'sqs:T*']),
    alone: allow('sqs:?*'),
  },
  {
    rule: 'kms-decrypt-all-keys',
    halves: [allow('kms:Decrypt'), allow('kms:ReEncryptFrom')],
    straddling: allow('kms:Decrypt', 'arn:aws:kms:*:*:key/*'),
    alone: allow(['kms:Decrypt', 'kms:ReEncrypt*'], 'arn:aws:kms:*:*:key/*'),
  },
  {
    rule: 'privilege-escalation',
    halves: [
      allow(['iam:PassRole', 'iam:PutUserPolicy', 'sts:AssumeRole']),
      allow(['lambda:CreateFunction', 'lambda:InvokeFunction', 'ec2:RunInstances']),
    ],
    straddling: allow(['iam:PassRole', 'iam:PutUserPolicy', 'lambda:CreateFunction', 'lambda:InvokeFunction']),
    alone: allow(['iam:Pass*', 'iam:PutUser*', 'sts:AssumeRole', 'lambda:CreateFunction', 'lambda:InvokeFunction', 'ec2:RunInstances']),
  },
];

describe.each(grants)('$rule points to the fewest statements', ({ rule, halves: [first, second], straddling, alone }) => {
  test.each([
    ['last', [first, second, alone], [2]],
    ['first', [alone, first, second], [0]],
    ['between', [first, nothing, alone, second], [2]],
    ['twice', [first, alone, second, alone], [1]],
  ])('to the one that makes the grant alone: %s', (_, written, expected) => {
    expect(evidenceOf(rule, written)).toEqual(expected);
  });

  test.each([
    ['last', [first, second, straddling], [0, 1]],
    ['first', [straddling, first, second], [1, 2]],
    ['between', [first, nothing, straddling, second], [0, 3]],
  ])('to the two that make it together, where a third gives most of it: %s', (_, written, expected) => {
    const found = evidenceOf(rule, written);
    expect(found).toHaveLength(2);
    // Decrypting is two permissions, so what straddles them is no more than one half again.
    if (rule !== 'kms-decrypt-all-keys') expect(found).toEqual(expected);
  });

  test('to both halves, and to nothing else', () => {
    expect(evidenceOf(rule, [nothing, second, nothing, first, nothing])).toEqual([1, 3]);
  });
});

test('a statement that serves one path is taken for others before a statement is added', () => {
  const written = [
    allow('iam:PassRole'),
    allow('lambda:CreateFunction'),
    allow(['lambda:InvokeFunction', 'iam:PassRole', 'ec2:RunInstances']),
  ];
  expect(evidenceOf('privilege-escalation', written)).toEqual([1, 2]);
});

test('a statement that seemed to give most is left out where the others give all of it', () => {
  const written = [
    allow(['iam:PutUserPolicy', 'iam:AttachUserPolicy']),
    allow(['iam:PutUserPolicy', 'sts:AssumeRole']),
    allow(['iam:AttachUserPolicy', 'iam:PutGroupPolicy']),
    allow('sts:AssumeRole'),
    allow('iam:PutGroupPolicy'),
  ];
  expect(evidenceOf('privilege-escalation', written)).toEqual([1, 2]);
});

test('of statements on a part of the resources each, those that are needed for all', () => {
  const [globals, tables] = ['arn:aws:dynamodb::*:global-table/*', 'arn:aws:dynamodb:*:*:table/*'].map((arn) => allow('dynamodb:*', arn));
  if (!globals || !tables) throw new Error('two parts');
  expect(evidenceOf('service-admin', [globals, nothing, tables])).toEqual([0, 2]);
  expect(evidenceOf('service-admin', [globals, tables, allow('dynamodb:*')])).toEqual([2]);
});

test('of three statements on a part of the resources each, none is left out', () => {
  const [globals, tables] = ['arn:aws:dynamodb::*:global-table/*', 'arn:aws:dynamodb:*:*:table/*'];
  const [some, rest] = ['abcdefg', 'hijklmnopqrstuvwxyz'].map((letters) => [...letters].map((letter) => `dynamodb:${letter}*`));
  if (!some || !rest) throw new Error('two parts');
  const written = [allow('dynamodb:*', globals), allow(some, tables), nothing, allow(rest, tables)];
  expect(evidenceOf('service-admin', written)).toEqual([0, 1, 3]);
});

test('of statements on one resource, those that are needed for all', () => {
  const orders = 'arn:aws:sqs:eu-west-1:111122223333:orders';
  const halves = [
    allow(['sqs:A*', 'sqs:C*', 'sqs:D*', 'sqs:G*', 'sqs:L*'], orders),
    allow(['sqs:P*', 'sqs:R*', 'sqs:S*', 'sqs:T*', 'sqs:U*'], orders),
  ];
  expect(evidenceOf('service-admin', [nothing, ...halves])).toEqual([1, 2]);
});
