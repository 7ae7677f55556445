import { describe, expect, test } from 'vitest';
import { mayPassTo } from '../../analyzers/escalation/passed-to.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { allow, policyOf } from '../policy/documents.ts';

/** Whether a role may be passed to any of the services under a `Condition` block. */
function passes(Condition: Record<string, unknown>, ...services: string[]): boolean {
  const [statement] = policyOf(allow('iam:PassRole', '*', { Condition })).statements;
  if (!statement) throw new Error('no statement');
  return mayPassTo(statement, services);
}

const [ec2, lambda] = ['ec2.amazonaws.com', 'lambda.amazonaws.com'];
const key = 'iam:PassedToService';

describe('a condition on the service that a role is passed to', () => {
  test.each([
    ['StringEquals', ec2],
    ['StringEqualsIgnoreCase', 'EC2.amazonaws.com'],
    ['StringLike', ec2],
    ['StringLike', 'ec2*'],
    ['StringLike', 'EC?.amazonaws.com'],
    ['StringEqualsIfExists', ec2],
    ['stringequals', ec2],
    ['ForAnyValue:StringEquals', ec2],
    ['ForAllValues:StringLike', 'e*'],
    ['StringNotEquals', lambda],
    ['StringNotLike', 'lambda*'],
    ['StringNotEqualsIfExists', lambda],
    // The same service in China and by its Region.
    ['StringEquals', 'ec2.amazonaws.com.cn'],
    ['StringEquals', 'ec2.eu-west-1.amazonaws.com'],
    ['StringEquals', 'ec2.us-gov-west-1.amazonaws.com'],
    // What only the request can tell may fit.
    ['StringEquals', '${aws:PrincipalTag/service}'],
    ['StringNotEquals', '${aws:PrincipalTag/service}'],
    // These compare no text.
    ['ArnEquals', lambda],
    ['Null', 'false'],
    ['MyStringEquals', lambda],
    ['StringEqualsNot', lambda],
  ])('%s %s lets it be passed to ec2', (operator, value) => {
    expect(passes({ [operator]: { [key]: value } }, ec2)).toBe(true);
  });

  test.each([
    ['StringEquals', lambda],
    ['StringLike', 'lambda*'],
    ['StringEquals', 'ec2*'],
    ['StringEquals', 'ec2'],
    ['StringEquals', 'ec2.example.amazonaws.com'],
    ['StringEquals', 'ec2.amazonaws.com.example.com'],
    ['ForAnyValue:StringEquals', lambda],
    ['ForAllValues:StringEqualsIfExists', lambda],
    ['StringNotEquals', ec2],
    ['StringNotLike', 'ec2*'],
    ['StringNotEqualsIgnoreCase', 'EC2.AMAZONAWS.COM'],
  ])('%s %s does not', (operator, value) => {
    expect(passes({ [operator]: { [key]: value } }, ec2)).toBe(false);
  });

  test('is met by one of its values', () => {
    expect(passes({ StringEquals: { [key]: [lambda, ec2] } }, ec2)).toBe(true);
    expect(passes({ StringEquals: { [key]: [lambda, '${aws:PrincipalTag/service}'] } }, ec2)).toBe(true);
    expect(passes({ StringNotEquals: { [key]: [lambda, ec2] } }, ec2)).toBe(false);
  });

  test('is met by one of the services of a path', () => {
    expect(passes({ StringEquals: { [key]: ec2 } }, lambda, ec2)).toBe(true);
    expect(passes({ StringEquals: { [key]: 'ecs.amazonaws.com' } }, lambda, ec2)).toBe(false);
  });

  test('holds together with others: one service must meet all', () => {
    expect(passes({ StringLike: { [key]: '*.amazonaws.com' }, StringNotEquals: { [key]: lambda } }, ec2)).toBe(true);
    expect(passes({ StringLike: { [key]: '*.amazonaws.com' }, StringNotEquals: { [key]: ec2 } }, ec2)).toBe(false);
    expect(passes({ StringEquals: { [key]: ec2 }, StringLike: { [key]: 'lambda*' } }, ec2, lambda)).toBe(false);
  });

  test('is known by its key in any case, and other keys say nothing', () => {
    expect(passes({ StringEquals: { 'IAM:passedtoservice': lambda } }, ec2)).toBe(false);
    expect(passes({ StringEquals: { 'aws:PrincipalOrgID': lambda } }, ec2)).toBe(true);
  });

  test('is not relied on where a duplicate key makes it doubtful', () => {
    const condition = `"Condition":{"StringEquals":{"${key}":"${lambda}"}}`;
    const text = `{"Statement":{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Sid":"a","Sid":"b",${condition}}}`;
    const [statement] = parsePolicy(text).statements;
    expect(statement && mayPassTo(statement, [ec2])).toBe(true);
  });
});
