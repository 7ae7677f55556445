import { describe, expect, test } from 'vitest';
import { conditionEffect } from '../../policy/conditions.ts';

const effectOf = (operator: string, key: string, ...values: string[]) => conditionEffect({ operator, key, values });

describe('restricting', () => {
  test.each([
    ['StringEquals', 'kms:ViaService', 's3.eu-west-1.amazonaws.com'],
    ['StringLike', 'kms:ViaService', '*'],
    ['StringEquals', 'kms:EncryptionContext:project', 'x'],
    ['StringEquals', 'kms:CallerAccount', '111122223333'],
    ['IpAddress', 'aws:SourceIp', '203.0.113.0/24'],
    ['IpAddress', 'aws:SourceIp', '2001:db8::/32'],
    ['IpAddress', 'aws:SourceIp', '203.0.113.7'],
    ['IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8'],
    ['StringEquals', 'aws:SourceVpc', 'vpc-0abc'],
    ['StringEquals', 'aws:SourceVpc', ''],
    ['StringEqualsIgnoreCase', 'aws:SourceVpce', 'vpce-0abc'],
    ['StringEquals', 'aws:PrincipalOrgID', 'o-example'],
    ['StringEquals', 'aws:ResourceTag/team', 'blue'],
    ['StringEquals', 'ec2:ResourceTag/team', 'blue'],
    ['StringEquals', 'aws:ResourceTag/team', '${aws:PrincipalTag/team}'],
    ['StringEquals', 'iam:PassedToService', 'ec2.amazonaws.com'],
    ['StringEquals', 'iam:PermissionsBoundary', 'arn:aws:iam::111122223333:policy/cap'],
    ['ArnEquals', 'iam:PolicyARN', 'arn:aws:iam::111122223333:policy/cap'],
    ['Bool', 'aws:MultiFactorAuthPresent', 'true'],
    ['NumericLessThan', 'aws:MultiFactorAuthAge', '3600'],
    ['Null', 'aws:MultiFactorAuthAge', 'false'],
    ['StringEquals', 'aws:ResourceAccount', '111122223333'],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/ops-*'],
    ['StringEqualsIfExists', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:user/ada'],
    ['StringEquals', 'aws:RequestedRegion', 'eu-west-1'],
    ['ForAnyValue:StringEquals', 'aws:CalledVia', 'cloudformation.amazonaws.com'],
    ['StringEquals', 'aws:CalledViaFirst', 'cloudformation.amazonaws.com'],
    ['StringEquals', 'aws:CalledViaLast', 'athena.amazonaws.com'],
    ['Bool', 'aws:ViaAWSService', 'true'],
    ['StringLike', 'aws:userid', 'AIDAEXAMPLE'],
    ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-example/r-root/ou-one/*'],
    ['StringEquals', 'aws:ResourceOrgID', 'o-example'],
    ['ForAnyValue:StringLike', 'aws:ResourceOrgPaths', 'o-example/r-root/ou-one/*'],
    ['ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', 'project'],
    ['Bool', 'kms:GrantIsForAWSResource', 'true'],
    ['Null', 'aws:SourceVpc', 'false'],
    ['Null', 'aws:ResourceTag/team', 'false'],
    ['Null', 'kms:ViaService', 'False'],
  ])('%s %s %s', (operator, key, value) => {
    expect(effectOf(operator, key, value)).toBe('restricting');
  });

  test('where address ranges of two families are a part of each', () => {
    expect(effectOf('IpAddress', 'aws:SourceIp', '0.0.0.0/2', '::/2')).toBe('restricting');
  });

  test('in any case of operator and key', () => {
    expect(effectOf('bool', 'AWS:multifactorauthPRESENT', 'True')).toBe('restricting');
    expect(effectOf('FORANYVALUE:STRINGEQUALS', 'Aws:CalledVia', 'x.amazonaws.com')).toBe('restricting');
  });
});

describe('open', () => {
  test.each([
    ['StringLike', 'aws:PrincipalArn', '*'],
    ['StringLike', 'aws:PrincipalArn', '?*'],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*'],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:*'],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:user/*'],
    ['StringLike', 'aws:PrincipalAccount', '*'],
    ['StringEquals', 'aws:PrincipalAccount', '111122223333'],
    ['StringEquals', 'aws:PrincipalType', 'User'],
    ['StringLike', 'aws:userid', '*'],
    ['StringLike', 'aws:userid', 'AIDA*'],
    ['Bool', 'aws:SecureTransport', 'true'],
    ['IpAddress', 'aws:SourceIp', '0.0.0.0/0'],
    ['IpAddress', 'aws:SourceIp', '::/0'],
    ['IpAddress', 'aws:SourceIp', '0.0.0.0/1'],
    ['IpAddress', 'aws:SourceIp', '8000::/1'],
    ['IpAddress', 'aws:SourceIp', 'anywhere'],
    ['IpAddress', 'aws:VpcSourceIp', '0.0.0.0/0'],
    ['IpAddressIfExists', 'aws:SourceIp', '203.0.113.0/24'],
    ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'true'],
    ['Bool', 'aws:MultiFactorAuthPresent', 'false'],
    ['Null', 'aws:MultiFactorAuthPresent', 'false'],
    ['ForAllValues:StringEquals', 'aws:CalledVia', 'x.amazonaws.com'],
    ['ForAllValues:Bool', 'aws:MultiFactorAuthPresent', 'true'],
    ['DateGreaterThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z'],
    ['DateLessThan', 'aws:CurrentTime', '2099-01-01T00:00:00Z'],
    ['NumericGreaterThan', 'aws:EpochTime', '0'],
    ['StringLike', 'aws:RequestedRegion', '*'],
    ['StringLike', 'aws:RequestedRegion', '*-*'],
    ['StringLike', 'iam:PassedToService', '*.amazonaws.com'],
    ['StringLike', 'aws:ResourceTag/team', '*'],
    ['StringNotEquals', 'aws:PrincipalOrgID', 'o-example'],
    ['StringNotLike', 'aws:SourceVpc', 'vpc-*'],
    ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/x'],
    ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'],
    ['StringEqualsIfExists', 'aws:SourceVpc', 'vpc-0abc'],
    ['Null', 'aws:MultiFactorAuthPresent', 'true'],
    ['Null', 'aws:SourceVpc', 'true'],
    ['Null', 'aws:SourceIp', 'false'],
    ['Bool', 'aws:ViaAWSService', 'false'],
    ['Bool', 'kms:GrantIsForAWSResource', 'false'],
    ['DateLessThan', 'aws:TokenIssueTime', '2099-01-01T00:00:00Z'],
    ['NumericLessThan', 'aws:EpochTime', '4102444800'],
    ['StringLike', 'aws:SourceVpc', 'vpc-*'],
    ['StringLike', 'aws:SourceVpce', 'vpce-*'],
    ['StringLike', 'aws:PrincipalOrgID', 'o-*'],
    ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-*/r-*/*'],
    ['StringLike', 'aws:ResourceAccount', '????????????'],
    ['StringLike', 'aws:ResourceOrgID', 'o-*'],
    ['ForAnyValue:StringLike', 'aws:ResourceOrgPaths', 'o-*'],
    ['ForAnyValue:StringLike', 'aws:CalledVia', '*.amazonaws.com'],
    ['StringLike', 'aws:CalledViaFirst', '*.amazonaws.com'],
    ['StringLike', 'aws:CalledViaLast', '*.amazonaws.com'],
    ['StringLike', 'iam:PermissionsBoundary', 'arn:aws:iam::*:policy/*'],
    ['ArnLike', 'iam:PolicyARN', 'arn:aws:iam::*:policy/*'],
    ['StringLike', 'kms:CallerAccount', '*'],
    ['StringNotEqualsIgnoreCase', 'aws:SourceVpc', 'vpc-0abc'],
    ['ArnNotEquals', 'iam:PolicyARN', 'arn:aws:iam::111122223333:policy/cap'],
    ['NumericNotEquals', 'aws:MultiFactorAuthAge', '0'],
    ['DateNotEquals', 'aws:CurrentTime', '2020-01-01T00:00:00Z'],
    ['DateEquals', 'aws:CurrentTime', '2020-01-01T00:00:00Z'],
    ['StringEquals', 'aws:PrincipalArn', '${aws:PrincipalArn}'],
    ['StringEquals', 'aws:ResourceTag/team', '${AWS:ResourceTag/team}'],
  ])('%s %s %s', (operator, key, value) => {
    expect(effectOf(operator, key, value)).toBe('open');
  });

  test('where one of several values lets everything through', () => {
    expect(effectOf('StringLike', 'aws:PrincipalOrgID', 'o-example', '*')).toBe('open');
    expect(effectOf('Bool', 'aws:MultiFactorAuthPresent', 'true', 'false')).toBe('open');
    expect(effectOf('IpAddress', 'aws:SourceIp', '203.0.113.0/24', '0.0.0.0/0')).toBe('open');
    expect(effectOf('Null', 'aws:SourceVpc', 'false', 'true')).toBe('open');
    expect(effectOf('StringEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:user/ada', '${aws:PrincipalArn}')).toBe('open');
  });

  test('where address ranges together make the internet', () => {
    expect(effectOf('IpAddress', 'aws:SourceIp', '0.0.0.0/1', '128.0.0.0/1')).toBe('open');
    expect(effectOf('IpAddress', 'aws:SourceIp', '::/1', '8000::/1')).toBe('open');
  });
});

describe('unknown', () => {
  test.each([
    ['StringEquals', 'ec2:InstanceType', 't3.micro'],
    ['StringNotEquals', 'brandnew:Key', 'x'],
    ['Resembles', 'aws:SourceIp', 'x'],
    ['ForAllValues:Resembles', 'aws:SourceIp', 'x'],
    ['ForSomeValues:StringEquals', 'aws:SourceVpc', 'vpc-0abc'],
    ['__proto__', 'constructor', 'x'],
  ])('%s %s %s', (operator, key, value) => {
    expect(effectOf(operator, key, value)).toBe('unknown');
  });

  test('an empty list of values', () => {
    expect(effectOf('StringEquals', 'aws:SourceVpc')).toBe('unknown');
  });

  test('a condition that a duplicate key makes doubtful', () => {
    expect(conditionEffect({ operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: ['true'], doubtful: true })).toBe('unknown');
  });
});
