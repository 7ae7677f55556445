import { stringify } from 'csv-stringify/sync';
import { csvCell } from './csv-cell.ts';
import type { Report, ReportedFinding, ReportedUser } from './report.ts';
import { blame } from './text-finding.ts';
import { countWords } from './words.ts';

/** The columns, in their order. Scripts depend on the names: add at the end. */
const columns = [
  'record',
  'name',
  'standing',
  'verdict',
  'since',
  'cleared',
  'changed_at',
  'changed_by',
  'event_id',
  'rule',
  'severity',
  'finding',
  'held',
  'remedy',
  'command',
  'controls',
  'exception_state',
  'exception_owner',
  'exception_ticket',
  'exception_expires',
  'stale',
  'count',
  'arn',
] as const;

type Row = Partial<Record<(typeof columns)[number], string>>;

/**
 * A report as RFC 4180, a line for each finding of a listed user, one for a user without any, and lines for policies, exceptions, controls,
 * what was not read, and the four counts: `record` says which.
 */
export function reportCsv(report: Report): string {
  const { users, cleared, policies, exceptions, controls, counts, period } = report;
  const rows: Row[] = [
    ...[...users, ...cleared].flatMap(userRows),
    ...policies.flatMap(({ name, arn, verdict, author = '', findings, excepted }) =>
      rowsOf({ record: 'policy', name, arn, verdict, changed_by: author }, findings, excepted),
    ),
    ...report.accountFindings.map((finding): Row => ({ record: 'account', name: report.account, ...ruleOf(finding) })),
    ...exceptions.map(
      ({ rule, subject, owner, ticket, expires, state, subjects }): Row => ({
        record: 'exception',
        name: subject,
        rule,
        finding: subjects.join('; '),
        exception_state: state,
        exception_owner: owner,
        exception_ticket: ticket,
        exception_expires: expires,
      }),
    ),
    ...controls.map(
      ({ framework, version, id, rules, users: count }): Row => ({
        record: 'control',
        name: [framework, version, id].filter((part) => part !== undefined).join(' '),
        rule: rules.join('; '),
        count: String(count),
      }),
    ),
    ...report.unread.map(({ what, why }): Row => ({ record: 'not-read', name: what, finding: why })),
    ...(['flagged', 'undetermined', 'cleared', 'unflagged', 'users'] as const).map(
      (name): Row => ({ record: 'count', name, count: String(counts[name]) }),
    ),
    { record: 'made', name: report.account, changed_at: report.madeAt, finding: countWords(counts, period), remedy: made(report) },
  ];
  const cells = rows.map((row) => columns.map((column) => csvCell(row[column] ?? '')));
  return stringify([[...columns], ...cells], { record_delimiter: 'windows', quoted_string: true });
}

function made({ version, configuration, source }: Report): string {
  const from = source.kind === 'file' ? `file ${source.file} sha256 ${source.sha256}` : `account, read by ${source.readBy}`;
  return `trailguard ${version}, configuration ${configuration.hash}, ${from}`;
}

function userRows({ name, arn, standing, verdict, since, cleared, lastChange, stale, findings, excepted }: ReportedUser): Row[] {
  const user: Row = {
    record: 'user',
    name,
    arn,
    standing,
    verdict,
    since: since ?? '',
    cleared: cleared ?? '',
    changed_at: lastChange?.time ?? '',
    changed_by: lastChange?.by ?? '',
    event_id: lastChange?.eventId ?? '',
    stale: stale ?? '',
  };
  return rowsOf(user, findings, excepted);
}

function rowsOf(row: Row, findings: readonly ReportedFinding[], excepted: readonly ReportedFinding[]): Row[] {
  const all = [...findings, ...excepted];
  return all.length === 0
    ? [row]
    : all.map((finding) => ({ ...row, ...ruleOf(finding), held: blame(finding).join('; '), ...exceptionOf(finding) }));
}

function ruleOf({ rule, severity, message, remediation, controls }: Report['accountFindings'][number]): Row {
  return {
    rule,
    severity,
    finding: message,
    remedy: remediation.summary,
    command: remediation.commands.join('; '),
    controls: controls.join('; '),
  };
}

function exceptionOf({ exception, lapsed }: ReportedFinding): Row {
  const told = exception ?? lapsed;
  if (told === undefined) return {};
  const { owner, ticket, expires } = told;
  return {
    exception_state: exception === undefined ? 'lapsed' : 'in use',
    exception_owner: owner,
    exception_ticket: ticket,
    exception_expires: expires,
  };
}
