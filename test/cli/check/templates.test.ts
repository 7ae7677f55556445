import { describe, expect, test } from 'vitest';
import { SourceFault } from '../../../cli/check/inputs/source-tree.ts';
import { judged, told } from './judge.ts';

/** A template of one managed policy with these statements, as YAML below `Statement:`. */
const policy = (statements: string, more = '') => `${more}Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: 2012-10-17
        Statement:
${statements.replace(/^/gm, '          ')}
`;
const statement = (action: string, resource: string, effect = 'Allow') =>
  policy(`- Effect: ${effect}\n  Action: ${action}\n  Resource: ${resource}`);

describe('where templates keep identity policies', () => {
  const admin = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const template = (Resources: object) => JSON.stringify({ Resources });

  test.each(['Policy', 'ManagedPolicy', 'UserPolicy', 'GroupPolicy', 'RolePolicy'])('AWS::IAM::%s', async (type) => {
    const file = template({ A: { Type: `AWS::IAM::${type}`, Properties: { PolicyDocument: admin } } });
    expect(await told(file)).toEqual(['A: critical admin-access']);
  });

  test.each(['User', 'Group', 'Role'])('the inline policies of AWS::IAM::%s', async (type) => {
    const Policies = [{ PolicyName: 'one', PolicyDocument: admin }, { PolicyDocument: admin }];
    const file = template({ A: { Type: `AWS::IAM::${type}`, Properties: { Policies } } });
    expect(await told(file)).toEqual(['A/one: critical admin-access', 'A: critical admin-access']);
  });

  test('policies of a SAM function given as documents, alone or beside names and SAM policy templates', async () => {
    const several = { Type: 'AWS::Serverless::Function', Properties: { Policies: ['ReadOnlyAccess', { SQSPollerPolicy: {} }, admin] } };
    const lone = { Type: 'AWS::Serverless::StateMachine', Properties: { Policies: admin } };
    const named = { Type: 'AWS::Serverless::Function', Properties: { Policies: 'ReadOnlyAccess' } };
    const read = await judged(template({ several, lone, named }));
    expect(read.map(({ pointer }) => pointer)).toEqual(['/Resources/several/Properties/Policies/2', '/Resources/lone/Properties/Policies']);
  });

  test('not trust, bucket, key or queue policies', async () => {
    const open = { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };
    const file = template({
      R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: open } },
      B: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: open } },
      K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: open } },
    });
    expect(await told(file)).toEqual(['nothing: a template without identity policies']);
  });

  test('a policy repeated by Fn::ForEach, and policies under Fn::If', async () => {
    const each = { 'P${X}': { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: admin } } };
    const Policies = { 'Fn::If': ['C', [{ PolicyDocument: admin }], { Ref: 'AWS::NoValue' }] };
    const file = template({ 'Fn::ForEach::All': ['X', ['a', 'b'], each], R: { Type: 'AWS::IAM::Role', Properties: { Policies } } });
    expect(await told(file)).toEqual(['P${X}: critical admin-access', 'R: critical admin-access']);
  });

  test('a document as JSON text, plain or through Fn::Sub', async () => {
    const text = JSON.stringify(admin);
    const one = { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: text } };
    const two = { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { 'Fn::Sub': text } } };
    expect(await told(template({ one, two }))).toEqual(['one: critical admin-access', 'two: critical admin-access']);
  });

  test('a policy document written in YAML', async () => {
    expect(await told('Version: 2012-10-17\nStatement:\n  Effect: Allow\n  Action: s3:*\n  Resource: "*"\n')).toEqual([
      ': high service-admin',
    ]);
  });
});

describe('intrinsic functions', () => {
  test.each([
    ['!Ref Bucket'],
    ['!GetAtt Bucket.Arn'],
    ['!GetAtt [Bucket, Arn]'],
    ['!Sub "${Bucket.Arn}"'],
    ['!ImportValue BucketArn'],
    ['!Select [0, !Ref Arns]'],
    ['!FindInMap [A, B, C]'],
    ['{ "Fn::ImportValue": BucketArn }'],
    ['!Split [",", !Ref Arns]'],
    ['!SomethingNew x'],
  ])('%s is unknown text, never a wildcard', async (resource) => {
    expect(await told(statement('"*"', resource))).toEqual(['P: clean']);
  });

  test.each([
    ['!Sub "*"', 'P: critical admin-access'],
    ['!Sub "arn:${AWS::Partition}:s3:::${Bucket}/*"', 'P: low service-admin'],
    ['!Sub "arn:${AWS::Partition}:*"', 'P: critical admin-access'],
    ['!Sub ["${Any}", { Any: "*" }]', 'P: critical admin-access'],
    ['!Join ["", ["arn:aws:s3:::", !Ref Bucket, "/*"]]', 'P: low service-admin'],
    ['!Join [":", ["arn", !Ref "AWS::Partition", "*"]]', 'P: critical admin-access'],
  ])('the literal parts of %s hold', async (resource, expected) => {
    expect(await told(statement('"*"', resource))).toEqual([expected]);
  });

  test('`${!x}` in Fn::Sub is a policy variable', async () => {
    const file = statement('s3:*', '!Sub "arn:aws:s3:::home/${!aws:username}/*"');
    expect(await told(file)).toEqual(['P: low service-admin']);
  });

  test('an account and a Region that are not known yet are one account and one Region, and told so', async () => {
    const worst = async (arn: string) => {
      const [document] = await judged(statement('kms:Decrypt', `!Sub "${arn}"`));
      return document?.findings.map(({ severity, message }) => `${severity}: ${message}`)[0];
    };
    const account = 'medium: allows kms:Decrypt on all keys of account {account}';
    expect(await worst('arn:aws:kms:*:${AWS::AccountId}:key/*')).toBe(account);
    expect(await worst('arn:${Partition}:kms:*:${Account}:key/*')).toBe(account);
    expect(await worst('arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/*')).toBe(
      'low: allows kms:Decrypt on all keys of account {account} in {region}',
    );
  });

  test('a parameter is its default; one without a default, or looked up in SSM, is unknown', async () => {
    const parameters = (lines: string) => `Parameters:\n  Wide:\n    ${lines}\n`;
    const file = policy('- Effect: Allow\n  Action: "*"\n  Resource: !Ref Wide', '');
    expect(await told(parameters('Default: "*"') + file)).toEqual(['P: critical admin-access']);
    expect(await told(parameters('{ Type: CommaDelimitedList, Default: "arn:aws:s3:::a, *" }') + file)).toEqual([
      'P: critical admin-access',
    ]);
    expect(await told(parameters('Type: String') + file)).toEqual(['P: clean']);
    expect(await told(parameters('{ Type: "AWS::SSM::Parameter::Value<String>", Default: "*" }') + file)).toEqual(['P: clean']);
  });

  test('of Fn::If both ways count', async () => {
    expect(await told(statement('"*"', '!If [C, !GetAtt Bucket.Arn, "*"]'))).toEqual(['P: critical admin-access']);
    expect(await told(statement('"*"', '[!If [C, !GetAtt Bucket.Arn, !Ref "AWS::NoValue"]]'))).toEqual(['P: clean']);
    expect(await told(statement('[s3:GetObject, !If [C, "*", !Ref "AWS::NoValue"]]', '"*"'))).toEqual(['P: critical admin-access']);
    const whole = policy('- !If\n  - C\n  - Effect: Allow\n    Action: "*"\n    Resource: "*"\n  - !Ref AWS::NoValue');
    expect(await told(whole)).toEqual(['P: critical admin-access']);
    expect(await told(statement('"*"', '"*"', '!If [C, Allow, Deny]'))).toEqual(['P: critical admin-access']);
  });

  test('a condition that may be absent does not lower', async () => {
    const file = (condition: string) => policy(`- Effect: Allow\n  Action: s3:*\n  Resource: "*"\n  Condition: ${condition}`);
    const source = '{ IpAddress: { aws:SourceIp: 192.0.2.0/24 } }';
    expect(await told(file(source))).toEqual(['P: medium service-admin']);
    expect(await told(file(`!If [C, ${source}, !Ref "AWS::NoValue"]`))).toEqual(['P: high service-admin']);
    expect(await told(file('!Ref Condition'))).toEqual(['P: high service-admin']);
    expect(await told(file('{ IpAddress: !Ref Addresses }'))).toEqual(['P: high service-admin']);
    expect(await told(file('{ IpAddress: !Ref Addresses, Bool: { aws:MultiFactorAuthPresent: "true" } }'))).toEqual([
      'P: medium service-admin',
    ]);
  });

  test('a Deny that hangs on Fn::If, or spares something unknown, takes nothing away', async () => {
    const allow = '- Effect: Allow\n  Action: s3:*\n  Resource: "*"\n';
    const deny = (resource: string) => policy(`${allow}- Effect: Deny\n  Action: s3:*\n  ${resource}`);
    expect(await told(deny('Resource: "*"'))).toEqual(['P: clean']);
    expect(await told(deny('Resource: !If [C, "*", x]'))).toEqual(['P: high service-admin']);
    expect(await told(deny('NotResource: !Ref Spared'))).toEqual(['P: high service-admin']);
    const whole = `${allow}- !If [C, { Effect: Deny, Action: s3:*, Resource: "*" }, !Ref "AWS::NoValue"]`;
    expect(await told(policy(whole))).toEqual(['P: high service-admin']);
  });

  test('a Deny in a document that itself hangs on Fn::If counts there', async () => {
    const statements = '[{ Effect: Allow, Action: "s3:*", Resource: "*" }, { Effect: Deny, Action: "s3:*", Resource: "*" }]';
    const file = policy('').replace(
      /PolicyDocument:[\s\S]*$/,
      `PolicyDocument: !If [C, { Statement: ${statements} }, !Ref "AWS::NoValue"]\n`,
    );
    expect(await told(file)).toEqual(['P: clean']);
  });

  test('a list where a text is expected is an error, as it is in a policy', async () => {
    expect(await told(statement('[["*"]]', '"*"'))).toEqual(['6:9: P: a list or an object stands where a text is expected']);
  });

  test('an unknown effect is Allow; a wrong one is still wrong', async () => {
    expect(await told(statement('s3:*', '"*"', '!Ref Effect'))).toEqual(['P: high service-admin']);
    expect(await told(statement('s3:*', '"*"', 'allow'))).toEqual([expect.stringContaining('`Effect` of `Allow` or `Deny`')]);
  });

  test.each(['!Ref Statements', '[!Transform { Name: AWS::Include }]', '[{ "Fn::Transform": { Name: AWS::Include }, Effect: Allow }]'])(
    'statements that stand elsewhere (%s) are not judged, and that is told',
    async (statements) => {
      const [line] = await told(policy('').replace(/Statement:[\s\S]*$/, `Statement: ${statements}\n`));
      expect(line).toMatch(/^6:9: P: the statements are not in the template/);
    },
  );

  test('more ways than can be read are refused', async () => {
    const keys = Array.from({ length: 6 }, (_, index) => `k${index}: !If [C${index}, a, b]`).join(', ');
    const file = policy(`- Effect: Allow\n  Action: s3:*\n  Resource: "*"\n  Condition: { StringEquals: { ${keys} } }`);
    expect(await told(file)).toEqual([expect.stringContaining('too many `Fn::If`')]);
  });
});

describe('places', () => {
  test('YAML: line and column of each value, pointers as written', async () => {
    const [document] = await judged(policy('- Effect: Allow\n  Action:\n    - s3:GetObject\n    - "*"\n  Resource: !If [C, x, "*"]'));
    expect(document).toMatchObject({ source: 'template.yaml', resource: 'P', pointer: '/Resources/P/Properties/PolicyDocument' });
    expect(document?.findings[0]?.evidence).toEqual([
      { statement: 0, pointer: '/Statement/0/Action/1', line: 11, column: 17 },
      { statement: 0, pointer: '/Statement/0/Resource/Fn::If/2', line: 12, column: 34 },
    ]);
  });

  test('JSON: the same', async () => {
    const file = JSON.stringify(
      {
        Resources: {
          P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } } },
        },
      },
      null,
      1,
    );
    const [document] = await judged(file, 'template.json');
    expect(document?.findings[0]?.evidence[0]).toEqual({ statement: 0, pointer: '/Statement/0/Action', line: 10, column: 18 });
  });
});

describe('files that are not as they should be', () => {
  const fault = async (file: string, name?: string) => {
    const error = await told(file, name).catch((reason: unknown) => reason);
    if (!(error instanceof SourceFault)) throw new Error(`expected a SourceFault, not ${String(error)}`);
    return `${error.line}:${error.column}: ${error.message}`;
  };

  test('broken YAML is named with its place', async () => {
    expect(await fault('Statement:\n  - "open\nResources: [AWS::IAM::Policy\n')).toMatch(/^\d+:\d+: the file is not YAML: /);
  });

  test('a star without quotes is told as what it is', async () => {
    expect(await fault(statement('*', 'x'))).toBe('9:21: a `*` must be in quotes: YAML takes it for an alias');
  });

  test.each([
    ['YAML', 'Resources:\n  A: { Type: AWS::IAM::Policy }\n  A: { Type: AWS::S3::Bucket }\n', '3:3: duplicate key'],
    [
      'JSON',
      '{"Resources":{"A":{"Type":"AWS::IAM::Policy","Properties":{"PolicyDocument":{"Statement":[]},\n"PolicyDocument":{"Statement":[]}}}}}',
      '2:1: duplicate key `PolicyDocument`',
    ],
  ])('duplicate keys in %s are refused', async (kind, file, expected) => {
    expect(await fault(file, kind === 'JSON' ? 'a.json' : 'a.yaml')).toContain(expected);
  });

  test('a bomb of aliases stays small, and is refused where a policy holds it', async () => {
    const levels = Array.from({ length: 30 }, (_, index) => `l${index + 1}: &l${index + 1} { a: *l${index}, b: *l${index} }`).join('\n');
    const file = `l0: &l0 { c: d }\n${levels}\n${policy('- Effect: Allow\n  Action: s3:*\n  Resource: "*"\n  Condition: *l30')}`;
    const start = performance.now();
    expect(await told(file)).toEqual([expect.stringContaining(': P: the document unfolds to more than')]);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('nor do texts that double themselves take long', async () => {
    const levels = Array.from({ length: 30 }, (_, index) => `j${index + 1}: &j${index + 1} !Join ["", [*j${index}, *j${index}]]`).join(
      '\n',
    );
    const file = `j0: &j0 a\n${levels}\n${policy('- Effect: Allow\n  Action: s3:*\n  Resource: *j30')}`;
    expect(await told(file)).toEqual([expect.stringContaining(': P: the document unfolds to more than')]);
  });

  test('an alias inside its own anchor is refused', async () => {
    expect(await fault(`a: &a [*a]\n${statement('x', 'y')}`)).toContain('an alias stands inside its own anchor');
  });

  test('aliases and merge keys are followed', async () => {
    const wide = 'x-wide: &wide { Effect: Allow, Action: "sns:*", Resource: "*" }\n';
    const [document] = await judged(policy('- <<: *wide\n  Action: s3:*\n- *wide', wide));
    expect(document?.findings[0]?.services).toEqual(['s3', 'sns']);
  });

  test('nesting without end', async () => {
    const deep = 50_000;
    expect(await fault(`Statement: ${'['.repeat(deep)}${']'.repeat(deep)}`)).toMatch(/nested/);
    const nested = `{"Resources":{"A":{"Type":"AWS::IAM::Policy","Properties":{"PolicyDocument":{"Statement":${'['.repeat(deep)}${']'.repeat(deep)}}}}}}`;
    expect(await fault(nested, 'a.json')).toMatch(/nested/);
  });

  test.each([
    ['{"name":"x"}', 'nothing: JSON that is no policy'],
    ['[1]', 'nothing: JSON that is no policy'],
    [
      '{"version":4,"terraform_version":"1.9.0","lineage":"x","resources":[]}',
      'nothing: a Terraform state file: give the output of `terraform show -json` instead',
    ],
  ])('%s', async (file, expected) => {
    expect(await told(file, 'x.json')).toEqual([expected]);
  });

  test.each([
    ['kind: Pod\n---\nStatement: x\n', 'nothing: several YAML documents, and no template'],
    ['kind: ConfigMap\n', 'nothing: YAML that holds no policy'],
    ['Statement2: x\n', 'nothing: YAML that is neither a policy nor a template'],
  ])('%s', async (file, expected) => {
    expect(await told(file)).toEqual([expected]);
  });
});
