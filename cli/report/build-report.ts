import { activeRules } from '../../analyzers/active-rules.ts';
import { analyzeAccount } from '../../analyzers/analyze.ts';
import { endingExceptions } from '../../guard/ending-exceptions.ts';
import { withExceptions } from '../../guard/exceptions.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { type Severity, severities } from '../../schemas/severity.ts';
import { configurationUsed } from './configuration-used.ts';
import { countControls } from './control-counts.ts';
import { isInPeriod } from './period.ts';
import type { Counts, Period, Report, ReportedUser } from './report.ts';
import type { ReportFacts } from './report-facts.ts';
import { type Excepted, reportExceptions } from './reported-exceptions.ts';
import { reportPolicies } from './reported-policies.ts';
import { isListed, reportUser, type UserFacts } from './reported-user.ts';

/** What a report is made with, besides what was read. */
export interface ReportRequest {
  readonly configuration: Configuration;
  /** Of the program. */
  readonly version: string;
  readonly period?: Period;
}

const order = [...severities, 'undetermined', 'clear'];

/** All that a report says of an account that was read: plain data, the same however it is written. */
export function buildReport(facts: ReportFacts, { configuration, version, period }: ReportRequest): Report {
  const { account, asOf, source, noCredentials, passwordPolicy } = facts;
  const rules = activeRules(configuration);
  const all = facts.postures.map((posture) => reportUser(posture, { configuration, rules, noCredentials }));
  const listed = all
    .map(({ user }) => user)
    .filter(isListed)
    .filter((user) => period === undefined || isInPeriod(user, period));
  const policies = reportPolicies(facts, configuration);
  const accountFindings = passwordPolicy?.found === true ? ofAccount(passwordPolicy.value, facts, configuration) : [];
  const excepted: Excepted[] = [
    ...all.map(({ user, findings }) => ({ type: 'user' as const, name: user.name, findings })),
    ...policies.map(({ name, findings, excepted }) => ({ type: 'policy' as const, name, findings: [...findings, ...excepted] })),
    { type: 'account', name: account, findings: accountFindings },
  ];
  const users = listed.filter(({ standing }) => standing !== 'cleared').toSorted(worstFirst);
  const cleared = listed.filter(({ standing }) => standing === 'cleared').toSorted(lastFirst);
  const unread = [...facts.unread, ...all.flatMap(ofUser), ...policies.flatMap(ofPolicy)];
  return {
    account,
    madeAt: asOf,
    version,
    source,
    configuration: configurationUsed(configuration),
    ...(period === undefined ? {} : { period }),
    counts: countsOf(all, listed),
    users,
    cleared,
    policies,
    controls: countControls(users),
    exceptions: reportExceptions(configuration.exceptions, excepted, asOf, noCredentials === undefined),
    exceptionsEnding: endingExceptions(configuration.exceptions, asOf),
    accountFindings: accountFindings.filter(({ exception }) => exception === undefined),
    unread,
    complete: unread.length === (source.kind === 'file' ? facts.unread.length : 0),
  };
}

function ofAccount(
  passwordPolicy: Parameters<typeof analyzeAccount>[0],
  { account, asOf }: ReportFacts,
  configuration: Configuration,
): Finding[] {
  const found = analyzeAccount(passwordPolicy, configuration, activeRules(configuration));
  return withExceptions(found, { type: 'account', name: account }, configuration.exceptions, asOf);
}

function countsOf(all: readonly UserFacts[], listed: readonly ReportedUser[]): Counts {
  const standing = (wanted: ReportedUser['standing']) => listed.filter((user) => user.standing === wanted).length;
  const [flagged, undetermined, cleared] = [standing('flagged'), standing('undetermined'), standing('cleared')];
  const ofSeverity = (severity: Severity) => listed.filter(({ verdict }) => verdict === severity).length;
  return {
    users: all.length,
    flagged,
    undetermined,
    cleared,
    unflagged: all.length - flagged - undetermined - cleared,
    severities: { critical: ofSeverity('critical'), high: ofSeverity('high'), medium: ofSeverity('medium'), low: ofSeverity('low') },
    excepted: all.filter(({ user }) => user.standing === 'unflagged' && user.excepted.length > 0).length,
    stale: listed.filter(({ stale }) => stale !== undefined).length,
  };
}

function ofUser({ user: { name, unread } }: UserFacts) {
  return unread.map(({ what, why }) => ({ what: `user ${name}: ${what}`, why }));
}

function ofPolicy({ arn, unread }: Report['policies'][number]) {
  return unread === undefined ? [] : [{ what: `policy ${arn}`, why: unread }];
}

/** Of two that are equally bad, the one that is flagged longer. */
function worstFirst(a: ReportedUser, b: ReportedUser): number {
  const by = order.indexOf(a.verdict) - order.indexOf(b.verdict) || compare(a.since ?? '\uFFFF', b.since ?? '\uFFFF');
  return by || compare(a.name, b.name);
}

function lastFirst(a: ReportedUser, b: ReportedUser): number {
  return compare(b.cleared ?? '', a.cleared ?? '') || compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
