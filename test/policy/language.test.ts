import { describe, expect, test } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { allow, deny, findingsOf, policyOf, refusal, textOf, told, toldOf, type Written } from './documents.ts';

const admin = ['admin-access critical'];
const when = (operator: string, key: string, value: unknown): Written => ({ Condition: { [operator]: { [key]: value } } });
const mfa = when('Bool', 'aws:MultiFactorAuthPresent', 'true');
const toldOfText = (text: string) => toldOf(analyzePolicies({ policies: [{ policy: parsePolicy(text) }] }));

describe('1. shape', () => {
  test('every list element may be a scalar', () => {
    expect(told(allow('*', '*'))).toEqual(told(allow(['*'], ['*'])));
  });

  test('Statement may be one object', () => {
    expect(toldOfText(textOf(allow('*')))).toEqual(admin);
  });

  test.each([
    ['Statement', textOf([])],
    ['Action', textOf([allow([])])],
    ['Resource', textOf([allow('*', [])])],
  ])('an empty %s list is never read as *', (_, text) => {
    expect(toldOfText(text)).toEqual([]);
  });
});

describe('2. duplicate keys', () => {
  test('Deny then Allow, and Allow then Deny, are reported and read as Allow', () => {
    for (const effects of ['"Effect":"Deny","Effect":"Allow"', '"Effect":"Allow","Effect":"Deny"']) {
      const text = `{"Version":"2012-10-17","Statement":[{${effects},"Action":"*","Resource":"*"}]}`;
      expect(parsePolicy(text).problems).toHaveLength(1);
      expect(toldOfText(text)).toEqual(admin);
    }
  });

  test('the wider of two Actions counts', () => {
    expect(toldOfText('{"Statement":{"Effect":"Allow","Action":"*","Action":"s3:GetObject","Resource":"*"}}')).toEqual(admin);
  });

  test('a doubled condition does not lower', () => {
    const condition = '"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true","aws:MultiFactorAuthPresent":"false"}}';
    expect(toldOfText(`{"Statement":{"Effect":"Allow","Action":"*","Resource":"*",${condition}}}`)).toEqual(admin);
  });

  test('a __proto__ key does no harm', () => {
    expect(toldOfText('{"__proto__":{"Statement":[]},"Statement":{"__proto__":{},"Effect":"Allow","Action":"*","Resource":"*"}}')).toEqual(
      admin,
    );
  });
});

describe('3. case', () => {
  test('element names and effects are case-sensitive', () => {
    expect(refusal('{"Statement":{"Effect":"ALLOW","Action":"*","Resource":"*"}}').message).toContain('`Effect`');
    expect(refusal('{"Statement":{"Effect":"Allow","ACTION":"*","Resource":"*"}}').message).toContain('`Action`');
  });

  test('action prefixes and names are not', () => {
    expect(told(allow('S3:*'))).toEqual(['service-admin high s3']);
    expect(told(allow('KMS:decrypt'))).toEqual(['kms-decrypt-all-keys high']);
  });

  test('condition keys are not', () => {
    expect(told(allow('*', '*', when('Bool', 'AWS:multifactorauthpresent', 'true')))).toEqual(['admin-access high']);
  });

  test('ARNs are', () => {
    expect(told(allow('kms:Decrypt', 'ARN:aws:kms:*'))).toEqual([]);
  });
});

describe('4. actions', () => {
  test.each(['kms:D*', 'kms:*crypt', 'kms:?ecrypt', 'kms:Decryp?', 'kms:*D*'])('%s holds kms:Decrypt', (action) => {
    expect(told(allow(action))).toEqual(['kms-decrypt-all-keys high']);
  });

  test.each(['k*:*', '*:*', '**', '?*', '*ms:*', 'kms*'])('%s is judged at its widest', (action) => {
    expect(toldOf(findingsOf(allow(action))).join(' ')).toMatch(/admin-access|service-admin critical/);
  });

  test('a wildcard prefix reaches the named action', () => {
    expect(told(allow('*:Decrypt'))).toEqual(['kms-decrypt-all-keys high']);
  });

  test('*:* is *', () => {
    expect(told(allow('*:*'))).toEqual(admin);
  });

  test('unknown actions and services are accepted', () => {
    expect(told(allow(['brandnew:Thing', 's3:BrandNew']))).toEqual([]);
    expect(told(allow('brandnew:*'))).toEqual(['service-admin high brandnew']);
  });

  test('spaces around are no part of it', () => {
    expect(told(allow(' * ', ' * '))).toEqual(admin);
  });

  test('hyphens are part of a service', () => {
    expect(told(allow('execute-api:*'))).toEqual(['service-admin high execute-api']);
  });
});

describe('5. NotAction and NotResource', () => {
  const not = (NotAction: unknown, Resource: unknown = '*') => ({ Effect: 'Allow', NotAction, Resource });

  test('NotAction grants everything else', () => {
    expect(told(not(['s3:List*', 's3:Get*']))).toEqual(admin);
    expect(told(not('iam:*'))[0]).toBe('service-admin critical kms organizations sts');
  });

  test('NotAction grants it within Resource', () => {
    expect(told(not('iam:*', 'arn:aws:sqs:*'))).toEqual(['service-admin high sqs']);
  });

  test('NotAction of unknown actions grants everything', () => {
    expect(told(not(['brandnew:Thing', 'iam:Nonsense']))).toEqual(admin);
  });

  test('NotAction * grants nothing', () => {
    expect(told(not('*'))).toEqual([]);
    expect(told(not('*:*'))).toEqual([]);
  });

  test('NotResource grants all but the listed', () => {
    expect(told({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::secret/*' })).toEqual(admin);
    expect(told({ Effect: 'Allow', Action: 's3:*', NotResource: '*' })).toEqual([]);
    expect(told({ Effect: 'Allow', Action: 'kms:Decrypt', NotResource: 'arn:aws:kms:*:*:key/*' })).toEqual([]);
  });

  test('statements add up to all', () => {
    expect(told(not('iam:*'), allow('iam:*'))).toEqual(admin);
  });
});

describe('6. resources', () => {
  test.each([
    '*',
    'arn:*',
    'arn:aws:kms:*',
    'arn:aws:kms:*:*:*',
    'arn:aws:kms:*:*:key/*',
    'arn:aws:kms:*key/*',
    'arn:aws:k?s:*',
    '*:key/*',
    'arn:*:kms:*',
  ])('%s is as broad as * for keys', (resource) => {
    expect(told(allow('kms:Decrypt', resource))).toEqual(['kms-decrypt-all-keys high']);
  });

  test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f'])(
    'all keys of the partition %s are all keys',
    (partition) => {
      expect(told(allow('kms:Decrypt', `arn:${partition}:kms:*:*:key/*`))).toEqual(['kms-decrypt-all-keys high']);
    },
  );

  test('a Deny for another partition hides nothing', () => {
    expect(told(allow('*'), deny('*', 'arn:aws-cn:*'))).toEqual(admin);
  });
});

describe('7. KMS', () => {
  const key = (region: string, account: string) => `arn:aws:kms:${region}:${account}:key/*`;

  test.each([
    ['an alias ARN', 'arn:aws:kms:*:*:alias/*'],
    ['an alias name', 'alias/*'],
    ['a key id', '1234abcd-12ab-34cd-56ef-1234567890ab'],
    ['one key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd'],
  ])('%s is not all keys', (_, resource) => {
    expect(told(allow('kms:Decrypt', resource))).toEqual([]);
  });

  test('all accounts are worse than one account, and that than one Region of it', () => {
    expect(told(allow('kms:Decrypt', key('*', '*')))).toEqual(['kms-decrypt-all-keys high']);
    expect(told(allow('kms:Decrypt', key('*', '111122223333')))).toEqual(['kms-decrypt-all-keys medium']);
    expect(told(allow('kms:Decrypt', key('eu-west-1', '111122223333')))).toEqual(['kms-decrypt-all-keys low']);
  });

  test('ReEncryptFrom decrypts, ReEncryptTo does not', () => {
    expect(told(allow('kms:ReEncryptFrom'))).toEqual(['kms-decrypt-all-keys high']);
    expect(told(allow('kms:ReEncrypt*'))).toEqual(['kms-decrypt-all-keys high']);
    expect(told(allow('kms:ReEncryptTo'))).toEqual([]);
  });

  test('a key policy is refused', () => {
    expect(refusal(textOf(allow('kms:*', '*', { Principal: '*' }))).message).toContain('`Principal`');
  });
});

describe('8. version', () => {
  const resource = 'arn:aws:s3:::${*}';
  const globOf = (version: string) => parsePolicy(textOf(allow('s3:*', resource), version)).statements[0]?.resource.patterns[0]?.glob;

  test('in 2008-10-17, or with none, ${…} is literal text with plain wildcards', () => {
    expect(globOf('2008-10-17')).toBe(resource);
    expect(
      parsePolicy(textOf(allow('s3:*', resource)).replace('"Version":"2012-10-17",', '')).statements[0]?.resource.patterns[0]?.glob,
    ).toBe(resource);
  });

  test('in 2012-10-17 ${*}, ${?} and ${$} are literal characters', () => {
    expect(globOf('2012-10-17')).not.toMatch(/[*?$]/);
    expect(told(allow('kms:Decrypt', 'arn:aws:kms:${*}'))).toEqual([]);
    expect(policyOf(allow('s3:*', 'a${$}{*}')).statements[0]?.resource.patterns[0]?.glob).toBe('a${*}');
  });

  test('a default value of a variable widens nothing', () => {
    expect(told(allow('kms:Decrypt', "${aws:PrincipalTag/key, '*'}"))).toEqual([]);
  });
});

describe('9. conditions', () => {
  test.each([
    ['StringNotEquals', 'aws:PrincipalOrgID', 'o-example'],
    ['StringNotLike', 'aws:SourceVpc', 'vpc-*'],
    ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/x'],
    ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'],
    ['StringEqualsIfExists', 'aws:SourceVpce', 'vpce-0abc'],
    ['ForAllValues:StringEquals', 'aws:CalledVia', 'x.amazonaws.com'],
    ['StringLike', 'aws:PrincipalArn', '*'],
    ['IpAddress', 'aws:SourceIp', ['0.0.0.0/0', '::/0']],
    ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'true'],
    ['DateGreaterThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z'],
    ['StringLike', 'aws:RequestedRegion', '*'],
  ])('%s %s does not restrict, and lowers nothing', (operator, key, value) => {
    expect(told(allow('*', '*', when(operator, key, value)))).toEqual(admin);
  });

  test('a restricting condition lowers by one step, never hides, and is listed', () => {
    const [finding] = findingsOf(allow('*', '*', mfa));
    expect(finding).toMatchObject({ severity: 'high', mitigations: [{ kind: 'condition' }] });
  });

  test('several restricting conditions lower once', () => {
    const both = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } };
    expect(told(allow('*', '*', both))).toEqual(['admin-access high']);
  });

  test('one restricting key among open ones restricts, for keys AND', () => {
    const both = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true', 'aws:SecureTransport': 'true' } } };
    expect(told(allow('*', '*', both))).toEqual(['admin-access high']);
  });

  test('a condition on one of two statements that grant the same lowers nothing', () => {
    expect(told(allow('*', '*', mfa), allow('*'))).toEqual(admin);
  });

  test('an unknown operator or key is said, and lowers nothing', () => {
    for (const [operator, key] of [
      ['Resembles', 'aws:SourceIp'],
      ['StringEquals', 'brandnew:Key'],
    ] as const) {
      expect(findingsOf(allow('*', '*', when(operator, key, 'x')))).toMatchObject([
        { severity: 'critical', mitigations: [{ kind: 'unknown-condition' }] },
      ]);
    }
  });
});

describe('10. Deny', () => {
  test('an unconditional Deny that covers it removes a grant', () => {
    expect(told(allow('*'), deny('*'))).toEqual([]);
    expect(told(allow('kms:*'), deny('kms:*', 'arn:aws:kms:*'))).toEqual([]);
    expect(told(allow('kms:Decrypt'), { Effect: 'Deny', NotAction: 's3:*', Resource: '*' })).toEqual([]);
    expect(told(allow('kms:Decrypt'), { Effect: 'Deny', Action: 'kms:*', NotResource: 'arn:aws:s3:::*' })).toEqual([]);
  });

  test('a conditional or narrower Deny is a mitigation, and lowers nothing', () => {
    for (const narrower of [deny('*', 'arn:aws:s3:::b/*'), deny('*', '*', mfa)]) {
      expect(findingsOf(allow('*'), narrower)).toMatchObject([{ severity: 'critical', mitigations: [{ kind: 'deny' }] }]);
    }
  });

  test('a Deny in another policy of the same user counts', () => {
    const policies = [allow('*'), deny('*')].map((statement) => ({ policy: policyOf(statement) }));
    expect(analyzePolicies({ policies })).toEqual([]);
  });
});

describe('11. text', () => {
  test('tabs, line ends, Latin-1 and \\uXXXX escapes are read', () => {
    const text =
      '{\t"Version":\r\n"2012-10-17","Statement":[{"Sid":"\u00e9t\u00e9","Effect":"\\u0041llow","\\u0041ction":"\\u002a","Resource":"*"}]}';
    expect(toldOfText(text)).toEqual(admin);
  });

  test('a document of 131,072 characters is judged', () => {
    expect(toldOfText(textOf(allow('*')).padEnd(131_072))).toEqual(admin);
  });
});

describe('12. size', () => {
  test('a document larger than IAM takes is judged all the same', () => {
    const large = Array.from({ length: 300 }, (_, i) => allow('s3:GetObject', `arn:aws:s3:::bucket-${i}/*`));
    expect(told(...large, allow('*'))).toEqual(admin);
  });
});

describe('13. a permissions boundary', () => {
  const within = (boundary: Written, ...statements: Written[]) =>
    toldOf(analyzePolicies({ policies: [{ policy: policyOf(...statements) }], boundary: { policy: policyOf(boundary) } }));

  test('grants nothing', () => {
    expect(within(allow('*'), allow('s3:GetObject'))).toEqual([]);
  });

  test('leaves what both allow', () => {
    expect(within(allow('s3:*'), allow('*'))).toEqual(['service-admin high s3']);
    expect(within(allow('kms:*'), allow('s3:*'))).toEqual([]);
  });

  test('of administrators lowers nothing by its presence', () => {
    expect(within(allow('*'), allow('*'))).toEqual(admin);
  });

  test('takes away by its Deny', () => {
    expect(
      toldOf(
        analyzePolicies({ policies: [{ policy: policyOf(allow('kms:*')) }], boundary: { policy: policyOf(allow('*'), deny('kms:*')) } }),
      ),
    ).toEqual([]);
  });
});
