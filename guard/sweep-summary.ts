import type { Unread } from '../analyzers/posture.ts';
import { findingsTag } from '../iam/tag-values.ts';
import { bySeverity, severities } from '../schemas/severity.ts';
import type { SweepCounts, SweepSummary } from '../schemas/sweep-summary.ts';
import { visible } from '../schemas/visible-text.ts';
import type { SweepReport, Swept } from './sweep-report.ts';

const mostNamed = 20;
const longestText = 300;

/**
 * What the guard tells of a sweep: counts, what is wrong with the account, and of users and policies the twenty worst, those before all others
 * whose findings no tag had named. It always fits an event.
 */
export function summarizeSweep(report: SweepReport): SweepSummary {
  const { account, startedAt, finishedAt, credentialsAsOf, complete, severity, counts, unread } = report;
  const flagged = [...report.users, ...report.policies].filter(({ findings, result }) => findings.length > 0 && result !== 'gone');
  const worst = flagged.toSorted(
    (a, b) => Number(b.appeared.length > 0) - Number(a.appeared.length > 0) || bySeverity(worstOf(a).severity, worstOf(b).severity),
  );
  return {
    account,
    startedAt,
    finishedAt,
    ...(credentialsAsOf === undefined ? {} : { credentialsAsOf }),
    complete,
    severity,
    summary: sentence(report),
    counts,
    findings: [...report.findings],
    exceptionsEnding: report.exceptionsEnding.slice(0, mostNamed).map((ending) => ({ ...ending })),
    worst: worst.slice(0, mostNamed).map(named),
    worstLeftOut: Math.max(0, worst.length - mostNamed),
    unread: unread.slice(0, mostNamed).map(({ what, why }): Unread => ({ what: cut(what), why: cut(why) })),
    unreadLeftOut: Math.max(0, unread.length - mostNamed),
  };
}

/** The counts in one plain sentence. */
function sentence({ account, counts, users, policies, findings, complete }: SweepReport): string {
  const appeared = [...users, ...policies].filter((swept) => swept.appeared.length > 0);
  const [first] = appeared.toSorted((a, b) => bySeverity(worstOf(a).severity, worstOf(b).severity));
  const news = first ? `; ${appeared.length} with findings that no tag had named, first of all ${first.kind} ${visible(first.name)}` : '';
  const own = findings.length > 0 ? `; the account itself has ${findings.map(({ rule }) => rule).join(', ')}` : '';
  const missing = complete ? '' : `; not complete: ${shortfall(counts)}`;
  const said = `A sweep of account ${account} judged ${counts.users.total} user${counts.users.total === 1 ? '' : 's'}: ${flaggedWords(counts.users)}${news}${own}${missing}.`;
  return plain(said);
}

/** `2 critical, 1 low`, or `none flagged`. */
export function flaggedWords(counts: SweepCounts['users']): string {
  const words = [...severities, 'undetermined' as const].filter((word) => counts[word] > 0).map((word) => `${counts[word]} ${word}`);
  return words.length === 0 ? 'none flagged' : words.join(', ');
}

/** What a sweep that is not complete did not do. */
export function shortfall({ results: { failed, unread, left } }: SweepCounts): string {
  const parts = [
    ...(left > 0 ? [`no time for ${left}`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unread > 0 ? [`${unread} may not be read`] : []),
  ];
  return parts.length === 0 ? 'something could not be read' : parts.join(', ');
}

function named(swept: Swept): SweepSummary['worst'][number] {
  const { kind, name, verdict, findings, appeared } = swept;
  return { kind, name, verdict, findings: findingsTag(findings), appeared: [...appeared], message: cut(plain(worstOf(swept).message)) };
}

function worstOf({ findings }: Swept): { readonly severity: (typeof severities)[number]; readonly message: string } {
  const [worst] = findings.toSorted((a, b) => bySeverity(a.severity, b.severity));
  return worst ?? { severity: 'low', message: '' };
}

/** Without quotes or backslashes: a template of EventBridge would break at them. */
function plain(text: string): string {
  return visible(text).replaceAll('"', "'").replaceAll('\\', '/');
}

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
