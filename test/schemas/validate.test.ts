import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { SchemaError, validateConfiguration, validateEnvelope, validateRecord, validateVerdict } from '../../schemas/validate.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { account, record } from '../records.ts';

function messageOf(validate: () => unknown): string {
  try {
    validate();
  } catch (error) {
    if (error instanceof SchemaError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const { eventID, recipientAccountId, readOnly, eventCategory, userIdentity, requestParameters, ...oldest } = record('CreateUser') as Record<
  string,
  unknown
>;

describe('a record', () => {
  it.each<[string, unknown]>([
    ['as CloudTrail writes it now', record('CreateUser', { requestParameters: { userName: 'alice' } })],
    ['of the first version, without ids or identity', { ...oldest, eventVersion: '1.0' }],
    ['whose fields are null', record('CreateUser', { eventID: null, recipientAccountId: null, userIdentity: null, userAgent: null })],
    ['with an identity without type', record('CreateUser', { userIdentity: { accountId: account, invokedBy: 'AWS Internal' } })],
    ['with an empty access key id', record('CreateUser', { userIdentity: { type: 'Root', accessKeyId: '' } })],
    ['without a session issuer', record('CreateUser', { userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: null } } })],
    [
      'whose request was omitted',
      record('CreateUser', { requestParameters: { reason: 'too large', omitted: 'true', originalSize: '149893' } }),
    ],
    ['with fields we do not know', { ...record('CreateUser'), additionalEventData: { anything: [1] }, sharedEventID: 'x' }],
    ['of another service, with a name of its own kind', record('REST.GET.OBJECT', { eventSource: 's3.amazonaws.com' })],
    ['with fractions of a second', record('CreateUser', { eventTime: '2026-03-02T09:30:00.123Z' })],
    ['with a __proto__ key', JSON.parse(JSON.stringify(record('CreateUser')).replace('{', '{"__proto__":{"eventName":7},'))],
  ])('is accepted %s', (_how, value) => {
    expect(validateRecord(value)).toBe(value);
  });

  it.each<[unknown, string]>([
    [null, 'record: the value must be object'],
    [[], 'record: the value must be object'],
    ['{}', 'record: the value must be object'],
    [{}, 'record: /eventName is missing; /eventSource is missing; /eventTime is missing'],
    [{ ...oldest, eventName: '' }, 'record: /eventName must match `\\S`'],
    [{ ...oldest, eventName: 7, eventSource: null }, 'record: /eventName must be string; /eventSource must be string'],
    [{ ...oldest, requestParameters: '{}' }, 'record: /requestParameters must be object or null'],
    [{ ...oldest, userIdentity: 'root' }, 'record: /userIdentity must be object or null'],
    [{ ...oldest, userIdentity: { arn: {} } }, 'record: /userIdentity/arn must be string or null'],
    [
      { ...oldest, userIdentity: { sessionContext: { sessionIssuer: [] } } },
      'record: /userIdentity/sessionContext/sessionIssuer must be object or null',
    ],
  ])('is refused, with the place: %j', (value, message) => {
    expect(messageOf(() => validateRecord(value))).toBe(message);
  });

  it.each(['yesterday', '2026-03-02', '2026-13-02T09:30:00Z', '2026-03-02T24:00:00Z', 'Mar 2, 2026, 9:30:00 AM', '2026-03-02T09:30:00Z\n'])(
    'is refused with the time `%s`',
    (eventTime) => {
      expect(messageOf(() => validateRecord({ ...oldest, eventTime }))).toMatch(/^record: \/eventTime must match `/);
    },
  );

  it('is refused with three problems named, and the rest counted', () => {
    const wrong = { ...oldest, awsRegion: 1, sourceIPAddress: 1, userAgent: 1, errorCode: 1, errorMessage: 1 };
    const expected =
      'record: /awsRegion must be string or null; /sourceIPAddress must be string or null; /userAgent must be string or null; and 2 more';
    expect(messageOf(() => validateRecord(wrong))).toBe(expected);
  });

  it('is refused without its values being repeated', () => {
    expect(messageOf(() => validateRecord({ ...oldest, eventTime: 'secret-value' }))).not.toContain('secret-value');
  });
});

describe('an envelope', () => {
  const envelope = {
    version: '0',
    id: '7f1c7c2e-0000-4000-8000-000000000001',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    account,
    time: '2026-03-02T09:30:01Z',
    region: 'us-east-1',
    resources: [],
    detail: record('CreateUser'),
  };

  it('is accepted as EventBridge delivers it', () => {
    expect(validateEnvelope(envelope)).toBe(envelope);
  });

  it.each<[object, string]>([
    [{ source: 'my.app' }, 'envelope: /source must be `aws.iam`'],
    [{ 'detail-type': 'Scheduled Event' }, 'envelope: /detail-type must be `AWS API Call via CloudTrail`'],
    [{ account: '12' }, 'envelope: /account must match `^\\d{12}$`'],
    [{ detail: null }, 'envelope: /detail must be object'],
    [{ detail: { ...record('CreateUser'), eventName: 7 } }, 'envelope: /detail/eventName must be string'],
  ])('is refused with %j', (wrong, message) => {
    expect(messageOf(() => validateEnvelope({ ...envelope, ...wrong }))).toBe(message);
  });
});

describe('a configuration', () => {
  const whole = {
    tagPrefix: 'guard',
    rules: { 'admin-access': { enabled: true, severity: 'high' }, 'iam-user-created': { enabled: false } },
    thresholds: { accessKeyMaxAgeDays: 1, credentialUnusedDays: 45, userSetupSeconds: 3600 },
    purposeTags: ['purpose', 'Eigentümer', 'cost centre'],
  };

  it('is accepted empty, whole, and with the name of its schema', () => {
    for (const value of [{}, defaultConfiguration, { $schema: './schema.json', tagPrefix: 'guard' }, whole])
      expect(validateConfiguration(value)).toBe(value);
  });

  it.each<[unknown, string]>([
    [{ tagprefix: 'x' }, 'configuration: /tagprefix is not allowed here'],
    [{ 'a/b~c': 1 }, 'configuration: /a~1b~0c is not allowed here'],
    [{ ['x'.repeat(500)]: 1 }, `configuration: /${'x'.repeat(119)}… is not allowed here`],
    [{ rules: ['admin-access'] }, 'configuration: /rules must be object'],
    [{ rules: { 'admin-access': false } }, 'configuration: /rules/admin-access must be object'],
    [{ rules: { 'admin-access': { enabled: 'no' } } }, 'configuration: /rules/admin-access/enabled must be boolean'],
    [
      { rules: { 'admin-access': { severity: 'none' } } },
      'configuration: /rules/admin-access/severity must be one of `critical`, `high`, `medium`, `low`',
    ],
    [{ rules: { 'admin-access': { off: true } } }, 'configuration: /rules/admin-access/off is not allowed here'],
    [{ thresholds: { accessKeyMaxAgeDays: 0 } }, 'configuration: /thresholds/accessKeyMaxAgeDays must be >= 1'],
    [{ thresholds: { credentialUnusedDays: 1.5 } }, 'configuration: /thresholds/credentialUnusedDays must be integer'],
    [{ thresholds: { userSetupSeconds: '60' } }, 'configuration: /thresholds/userSetupSeconds must be integer'],
    [{ thresholds: { keyAge: 90 } }, 'configuration: /thresholds/keyAge is not allowed here'],
    [{ purposeTags: 'purpose' }, 'configuration: /purposeTags must be array'],
    [{ purposeTags: ['purpose', ''] }, 'configuration: /purposeTags/1 must match `^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}$`'],
    [{ purposeTags: ['a*'] }, 'configuration: /purposeTags/0 must match `^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}$`'],
  ])('is refused: %j', (value, message) => {
    expect(messageOf(() => validateConfiguration(value))).toBe(message);
  });

  it.each(['', 'a:b', 'a*b', 'a,b', '-a', 'x'.repeat(65)])('is refused with the tag prefix `%s`', (tagPrefix) => {
    expect(messageOf(() => validateConfiguration({ tagPrefix }))).toMatch(/^configuration: \/tagPrefix must match/);
  });

  it.each(['aws', 'AWS', 'aWs', 'aws:', 'AWS:guard'])('is refused with the tag prefix `%s`, because AWS keeps it', (tagPrefix) => {
    expect(messageOf(() => validateConfiguration({ tagPrefix }))).toContain(
      '/tagPrefix must match `^(?!(?<reservedByAws>[Aa][Ww][Ss])(:|$))`',
    );
  });

  it.each(['awsome', 'aws-guard', 'my.aws', 'a'.repeat(64)])('is accepted with the tag prefix `%s`', (tagPrefix) => {
    expect(validateConfiguration({ tagPrefix })).toEqual({ tagPrefix });
  });
});

describe('a verdict', () => {
  const finding: Finding = {
    rule: 'admin-access',
    severity: 'critical',
    title: 'Full administrator access',
    message: 'statement 1 allows every action on every resource',
    services: ['iam'],
    paths: ['iam-put-user-policy'],
    evidence: [{ policy: 'reader', statement: 0, sid: 'All', pointer: '/Statement/0/Action', line: 3, column: 5 }],
    mitigations: [{ kind: 'condition', message: 'only from one network' }],
    remediation: { summary: 'delete the policy', commands: ['aws iam delete-policy'], url: 'https://docs.aws.amazon.com/IAM/' },
    controls: ['IAM.1'],
  };
  const verdict: Verdict = {
    id: 'v-1',
    outcome: 'flagged',
    severity: 'critical',
    summary: 'ops created the policy reader, which allows everything.',
    event: {
      id: 'e-1',
      name: 'CreatePolicy',
      time: '2026-03-02T09:30:00Z',
      source: 'iam.amazonaws.com',
      account,
      region: 'us-east-1',
      errorCode: 'AccessDenied',
      sourceIp: '198.51.100.7',
      userAgent: 'aws-cli/2.27.0',
    },
    actor: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/r/s', name: 'r', session: 's', accountId: account },
    subject: { type: 'policy', name: 'reader', arn: 'arn:aws:iam::111122223333:policy/reader', account },
    policies: [{ kind: 'managed', name: 'reader', arn: 'arn:aws:iam::111122223333:policy/reader', version: 'v1', active: true }],
    findings: [finding],
    actions: [{ kind: 'tag-user', target: 'ops', result: 'done', detail: 'trailguard:verdict' }],
  };

  it('is accepted with all of its fields, and with the least', () => {
    expect(validateVerdict(verdict)).toBe(verdict);
    const { errorCode, sourceIp, userAgent, ...event } = verdict.event;
    const { services, paths, ...plain } = finding;
    const root = { pointer: '', statement: 0 };
    for (const outcome of ['flagged', 'clean', 'attempted', 'undetermined', 'suppressed']) {
      const least = {
        ...verdict,
        outcome,
        severity: 'none',
        event,
        actor: { type: 'Unknown' },
        subject: { type: 'user', account },
        policies: [],
        actions: [],
      };
      expect(() => validateVerdict({ ...least, findings: [{ ...plain, evidence: [root] }] })).not.toThrow();
    }
  });

  it.each(['critical', 'high', 'medium', 'low', 'none'])('can be of severity %s', (severity) => {
    expect(() => validateVerdict({ ...verdict, severity })).not.toThrow();
  });

  it.each(Object.keys(verdict))('is refused without its %s', (field) => {
    const { [field as keyof Verdict]: dropped, ...rest } = verdict;
    expect(dropped).toBeDefined();
    expect(messageOf(() => validateVerdict(rest))).toBe(`verdict: /${field} is missing`);
  });

  it.each(['rule', 'severity', 'title', 'message', 'evidence', 'mitigations', 'remediation', 'controls'])(
    'is refused with a finding without its %s',
    (field) => {
      const { [field as keyof Finding]: dropped, ...rest } = finding;
      expect(dropped).toBeDefined();
      expect(messageOf(() => validateVerdict({ ...verdict, findings: [finding, rest] }))).toBe(`verdict: /findings/1/${field} is missing`);
    },
  );

  it.each<[object, string]>([
    [{ outcome: 'ignored' }, 'verdict: /outcome must be one of `flagged`, `clean`, `attempted`, `undetermined`, `suppressed`'],
    [{ severity: 'worst' }, 'verdict: /severity must be one of `critical`, `high`, `medium`, `low`, `none`'],
    [{ subject: { type: 'bucket', account } }, 'verdict: /subject/type must be one of `user`, `group`, `role`, `policy`, `account`'],
    [{ note: 'x' }, 'verdict: /note is not allowed here'],
    [
      { actions: [{ kind: 'tag-user', target: 'ops', result: 'maybe' }] },
      'verdict: /actions/0/result must be one of `done`, `unchanged`, `skipped`, `failed`',
    ],
    [{ policies: [{ kind: 'managed' }] }, 'verdict: /policies/0/active is missing'],
    [{ findings: [{ ...finding, severity: 'none' }] }, 'verdict: /findings/0/severity must be one of `critical`, `high`, `medium`, `low`'],
    [{ findings: [{ ...finding, evidence: [{ statement: -1, pointer: '' }] }] }, 'verdict: /findings/0/evidence/0/statement must be >= 0'],
    [
      { findings: [{ ...finding, evidence: [{ statement: 0, pointer: 'Statement/0' }] }] },
      'verdict: /findings/0/evidence/0/pointer must match `^(/[\\s\\S]*)?$`',
    ],
  ])('is refused: %j', (wrong, message) => {
    expect(messageOf(() => validateVerdict({ ...verdict, ...wrong }))).toBe(message);
  });
});
