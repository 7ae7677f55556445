import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCredentialRows } from '../../iam/credential-rows.ts';
import { arnOf, never, reportOf, rowOf } from './credential-csv.ts';

/** The facts of the one user in a report. */
function factsOf(fields: Parameters<typeof rowOf>[1], name = 'ada') {
  return readCredentialRows(reportOf(rowOf(name, fields))).users.get(name);
}

describe('what a credential report tells of a user', () => {
  test('a user with every credential', () => {
    const facts = factsOf({
      password_enabled: 'true',
      password_last_used: '2026-02-02T10:00:00+00:00',
      password_last_changed: '2026-01-05T10:00:00+00:00',
      mfa_active: 'true',
      access_key_1_active: 'true',
      access_key_1_last_rotated: '2026-01-06T10:00:00+00:00',
      access_key_1_last_used_date: '2026-02-03T10:00:00+00:00',
      access_key_2_active: 'false',
      access_key_2_last_rotated: '2026-01-07T10:00:00+00:00',
      cert_1_active: 'true',
    });
    expect(facts).toEqual({
      userName: 'ada',
      arn: arnOf('ada'),
      createdAt: '2026-01-01T00:00:00.000Z',
      password: { createdAt: '2026-01-05T10:00:00.000Z', lastUsedAt: '2026-02-02T10:00:00.000Z' },
      mfaActive: true,
      accessKeys: [
        { id: 'access_key_1', active: true, createdAt: '2026-01-06T10:00:00.000Z', lastUsedAt: '2026-02-03T10:00:00.000Z' },
        { id: 'access_key_2', active: false, createdAt: '2026-01-07T10:00:00.000Z', lastUsedAt: null },
      ],
      activeCertificates: 1,
    });
  });

  test('a user with none', () => {
    expect(factsOf({})).toMatchObject({ password: null, mfaActive: false, accessKeys: [], activeCertificates: 0 });
  });

  test.each(['no_information', 'N/A', ''])('a password whose last use is `%s` was never used', (word) => {
    const password = { password_enabled: 'TRUE', password_last_changed: '2026-01-05T10:00:00+00:00' };
    expect(factsOf({ ...password, password_last_used: word })?.password).toEqual({
      createdAt: '2026-01-05T10:00:00.000Z',
      lastUsedAt: null,
    });
  });

  test('an active key without dates is a key still', () => {
    expect(factsOf({ access_key_2_active: 'true' })?.accessKeys).toEqual([{ id: 'access_key_2', active: true, lastUsedAt: null }]);
  });

  test('the root user is left out, and an unknown column does no harm', () => {
    const csv = reportOf(rowOf('<root_account>', { password_enabled: 'not_supported' }), rowOf('ada', {}));
    const lines = csv.trimEnd().split('\n');
    const wider = lines.map((line, index) => `${line},${index === 0 ? 'new_column' : 'whatever'}`).join('\r\n');
    expect([...readCredentialRows(wider).users.keys()]).toEqual(['ada']);
    expect(readCredentialRows(wider).unreadable.size).toBe(0);
  });
});

describe('the name of a user may hold a comma', () => {
  const name = 'lovelace,ada=+x';
  const arn = `arn:aws:iam::123456789012:user/a,"b"/${name}`;

  test.each([
    ['quoted', `"${name}","${arn.replaceAll('"', '""')}"`],
    ['not quoted', `${name},${arn}`],
  ])('%s', (_, written) => {
    const row = `${written},${rowOf('x', { mfa_active: 'true' }).split(',').slice(2).join(',')}`;
    const { users, unreadable } = readCredentialRows(reportOf(row, rowOf('bob', {})));
    expect([...users.keys()]).toEqual([name, 'bob']);
    expect(users.get(name)).toMatchObject({ arn, mfaActive: true });
    expect(unreadable.size).toBe(0);
  });

  test('a path made to confuse costs no other user its row', () => {
    const row = `eve,arn:aws:iam::123456789012:user/x,"/eve,${rowOf('x', {}).split(',').slice(2).join(',')}`;
    expect([...readCredentialRows(reportOf(rowOf('ada', {}), row, rowOf('bob', {}))).users.keys()]).toEqual(['ada', 'eve', 'bob']);
  });

  test('whatever name and path IAM takes, quoted or not', () => {
    const names = fc.stringMatching(/^[\w+=,.@-]{1,20}$/);
    const paths = fc.stringMatching(/^\/([\x21-\x7e]{1,8}\/)?$/);
    fc.assert(
      fc.property(names, paths, fc.boolean(), (userName, path, quoted) => {
        const userArn = `arn:aws-cn:iam::123456789012:user${path}${userName}`;
        const write = (text: string) => (quoted ? `"${text.replaceAll('"', '""')}"` : text);
        const row = [write(userName), write(userArn), ...rowOf('x', {}).split(',').slice(2)].join(',');
        const { users } = readCredentialRows(reportOf(row));
        expect([...users.values()]).toMatchObject([{ userName, arn: userArn }]);
      }),
    );
  });
});

describe('what is not understood is told, not guessed', () => {
  test.each([
    ['password_enabled', 'perhaps'],
    ['mfa_active', 'not_supported'],
    ['access_key_1_active', ''],
    ['access_key_2_last_rotated', 'yesterday'],
    ['password_last_used', '2026-13-45T00:00:00Z'],
  ])('%s `%s`', (column, value) => {
    const { users, unreadable } = readCredentialRows(reportOf(rowOf('ada', { [column]: value }), rowOf('bob', {})));
    expect([...users.keys()]).toEqual(['bob']);
    expect([...unreadable]).toEqual([['ada', `\`${value}\` can't be understood as \`${column}\``]]);
  });

  test('a row that is cut off', () => {
    expect(readCredentialRows(reportOf(`ada,${arnOf('ada')},2026-01-01T00:00:00+00:00,true`)).unreadable.has('ada')).toBe(true);
  });

  test('a row too long by something else than a name', () => {
    const [, , ...rest] = rowOf('ada', {}).split(',');
    expect(readCredentialRows(reportOf(['ada', 'no-arn', never, ...rest].join(','))).users.size).toBe(0);
  });

  test.each(['', 'a,b\n1,2', '<html></html>'])('no report at all: `%s`', (csv) => {
    expect(() => readCredentialRows(csv)).toThrow('it lacks the column `user`');
  });
});
