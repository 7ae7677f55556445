import { account } from './in-account.ts';

/** How a credential report says that there is nothing to tell. */
export const never = 'N/A';

// As IAM writes them, in its order.
const columns = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...['access_key_1', 'access_key_2'].flatMap((key) => [
    `${key}_active`,
    `${key}_last_rotated`,
    `${key}_last_used_date`,
    `${key}_last_used_region`,
    `${key}_last_used_service`,
  ]),
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
];

/** The ARN of a user in the account of these tests. */
export function arnOf(userName: string): string {
  return `arn:aws:iam::${account}:user/${userName}`;
}

/** A row of a credential report: a user without credentials, made on 2026-01-01, save for `fields`. */
export function rowOf(userName: string, fields: Readonly<Record<string, string>>): string {
  const row: Record<string, string> = {
    user: userName,
    arn: arnOf(userName),
    user_creation_time: '2026-01-01T00:00:00+00:00',
    ...fields,
  };
  return columns.map((column) => row[column] ?? (/_(active|enabled)$/.test(column) ? 'false' : never)).join(',');
}

/** A credential report with these rows, as IAM writes it. */
export function reportOf(...rows: readonly string[]): string {
  return [columns.join(','), ...rows].map((line) => `${line}\n`).join('');
}
