import type { AccessKey, Password } from '../analyzers/posture.ts';
import { csvFields } from './csv-line.ts';
import { toPassword } from './to-password.ts';

/** What a credential report tells of one user. Times are ISO 8601. */
export interface CredentialFacts {
  readonly userName: string;
  readonly arn: string;
  readonly createdAt?: string;
  /** Null where there is none. `createdAt` is when it was last changed: the report does not tell when it was first made. */
  readonly password: Password | null;
  readonly mfaActive: boolean;
  /**
   * At most two. The report has no key ids: `id` is the column, `access_key_1` or `access_key_2`. `createdAt` is when the key
   * was made or last changed.
   */
  readonly accessKeys: readonly AccessKey[];
  /** How many signing certificates are active. */
  readonly activeCertificates: number;
}

/** The rows of a credential report by user name; of a row that can't be understood, why. */
export interface CredentialRows {
  readonly users: ReadonlyMap<string, CredentialFacts>;
  readonly unreadable: ReadonlyMap<string, string>;
}

/** There is no credential report to be had, or it is none. */
export class CredentialReportError extends Error {}

const needed = ['user', 'arn', 'user_creation_time', 'password_enabled', 'mfa_active', 'access_key_1_active', 'access_key_2_active'];

/**
 * Reads the CSV of a credential report. Columns go by their names, so that new ones do no harm; the root user is left out.
 * Throws `CredentialReportError` where it is no credential report.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html#id_credentials_understanding_the_report_format
 */
export function readCredentialRows(csv: string): CredentialRows {
  // No field can hold a line's end: what one user's name or path does to its line, it does to no other.
  const [header = '', ...lines] = csv.split(/\r?\n/);
  const columns = header.split(',');
  const lacking = needed.filter((column) => !columns.includes(column));
  if (lacking.length > 0) throw new CredentialReportError(`it lacks the column \`${lacking[0]}\``);
  const users = new Map<string, CredentialFacts>();
  const unreadable = new Map<string, string>();
  for (const line of lines) {
    const row = rowOf(columns, line);
    const userName = row.get('user') ?? '';
    if (userName === '<root_account>' || line === '') continue;
    const facts = factsOf(row, userName);
    if (typeof facts === 'string') unreadable.set(userName, facts);
    else users.set(userName, facts);
  }
  return { users, unreadable };
}

type Row = ReadonlyMap<string, string>;

// Names of users may hold commas, their paths quotes too, and AWS does not say whether it quotes them. Where it does not, only the
// first two columns are such text, and no name holds a colon: the first `,arn:` parts the two.
function rowOf(columns: readonly string[], line: string): Row {
  const fields = csvFields(line);
  if (fields?.length === columns.length) return byColumn(columns, fields);
  const pieces = line.split(',');
  const two = pieces.length - columns.length + 2;
  const joined = pieces.slice(0, two).join(',');
  const parting = joined.indexOf(',arn:');
  if (two < 2 || parting < 0) return byColumn(columns, pieces);
  return byColumn(columns, [joined.slice(0, parting), joined.slice(parting + 1), ...pieces.slice(two)]);
}

function byColumn(columns: readonly string[], fields: readonly string[]): Row {
  return new Map(columns.map((column, index) => [column, fields[index] ?? '']));
}

/** The facts, or the message of what is wrong with the row. */
function factsOf(row: Row, userName: string): CredentialFacts | string {
  const wrong: string[] = [];
  const yes = (column: string): boolean => {
    const value = row.get(column)?.toLowerCase() ?? '';
    if (value !== 'true' && value !== 'false') wrong.push(column);
    return value === 'true';
  };
  const time = (column: string): string | undefined => {
    const value = row.get(column) ?? '';
    if (notTold.has(value.toLowerCase())) return undefined;
    if (/^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))) return new Date(value).toISOString();
    wrong.push(column);
    return undefined;
  };
  const key = (id: string): AccessKey[] => {
    const [active, createdAt, lastUsedAt = null] = [yes(`${id}_active`), time(`${id}_last_rotated`), time(`${id}_last_used_date`)];
    // A key that was deleted, or never was, has no dates.
    return active || createdAt !== undefined ? [{ id, active, ...(createdAt === undefined ? {} : { createdAt }), lastUsedAt }] : [];
  };
  const createdAt = time('user_creation_time');
  const [changedAt, usedAt = null] = [time('password_last_changed'), time('password_last_used')];
  const facts: CredentialFacts = {
    userName,
    arn: row.get('arn') ?? '',
    ...(createdAt === undefined ? {} : { createdAt }),
    password: yes('password_enabled') ? toPassword(changedAt, usedAt) : null,
    mfaActive: yes('mfa_active'),
    accessKeys: [...key('access_key_1'), ...key('access_key_2')],
    activeCertificates: ['cert_1_active', 'cert_2_active'].filter((column) => row.get(column)?.toLowerCase() === 'true').length,
  };
  const [column] = wrong;
  return column === undefined ? facts : `\`${row.get(column) ?? ''}\` can't be understood as \`${column}\``;
}

// Words in place of a time: no such credential, never used as far back as IAM tells it, or not told of this user.
const notTold = new Set(['', 'n/a', 'no_information', 'not_supported']);
