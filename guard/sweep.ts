import { activeRules } from '../analyzers/active-rules.ts';
import { analyzeAccount } from '../analyzers/analyze.ts';
import type { PasswordPolicy } from '../analyzers/posture.ts';
import { worse } from '../analyzers/severity.ts';
import type { Finding } from '../schemas/finding.ts';
import type { Severity } from '../schemas/severity.ts';
import { bySeverity, severities } from '../schemas/severity.ts';
import type { SweepCounts } from '../schemas/sweep-summary.ts';
import { endingExceptions } from './ending-exceptions.ts';
import { type Except, rememberingUses } from './exception-uses.ts';
import { authorsOf } from './sweep-authors.ts';
import { sweepPolicies } from './sweep-policies.ts';
import type { SweepPorts } from './sweep-ports.ts';
import type { SweepReport, Swept } from './sweep-report.ts';
import { sweepUsers } from './sweep-users.ts';

/** The account as a whole may not be read, so that nothing could be judged. */
export class SweepError extends Error {
  override readonly name = 'SweepError';
}

/**
 * Judges every user and customer managed policy of an account, and brings their tags to what they are. It writes only what differs, so
 * that it may be cut off at any time: the next one does the rest. Throws where the account may not be read, or not for now.
 */
export async function sweep(ports: SweepPorts): Promise<SweepReport> {
  const startedAt = ports.now().toISOString();
  const read = await ports.readAccount();
  if (!read.found) throw new SweepError(`the account was not swept: ${read.detail}`);
  const account = read.value;
  const { except, uses } = rememberingUses(ports.configuration.exceptions);
  // Policies first: what their tags say of their authors is part of what a user's tags say.
  const { policies, flagged } = await sweepPolicies(account, ports, except);
  const users = await sweepUsers(account, authorsOf(flagged), ports, except);
  const { passwordPolicy, credentialsAsOf } = account;
  const swept = [...policies, ...users];
  const ofTheAccount = passwordPolicy.found ? ofAccount(passwordPolicy.value, ports, account.asOf, except) : [];
  const unread = [...account.unread, ...swept.flatMap((one) => one.unread)];
  return {
    account: ports.account,
    startedAt,
    finishedAt: ports.now().toISOString(),
    ...(credentialsAsOf === undefined ? {} : { credentialsAsOf }),
    applied: ports.apply,
    complete: unread.length === 0 && swept.every(({ result }) => result !== 'failed' && result !== 'left'),
    again: swept.some(({ again }) => again === true),
    severity: swept.reduce<Severity | 'none'>((worst, one) => worse(worst, worstAppeared(one)), 'none'),
    counts: countsOf(users, policies),
    findings: ofTheAccount,
    exceptions: uses(),
    exceptionsEnding: endingExceptions(ports.configuration.exceptions, account.asOf),
    users: worstFirst(users),
    policies: worstFirst(policies),
    unread,
  };
}

function ofAccount(passwordPolicy: PasswordPolicy | null, { account, configuration }: SweepPorts, at: string, except: Except): Finding[] {
  const found = analyzeAccount(passwordPolicy, configuration, activeRules(configuration));
  return except(found, { type: 'account', name: account }, at);
}

function worstAppeared({ findings, appeared }: Swept): Severity | 'none' {
  const found = findings.filter(({ rule }) => appeared.includes(rule));
  return found.reduce<Severity | 'none'>((worst, { severity }) => worse(worst, severity), 'none');
}

const verdictOrder: readonly Swept['verdict'][] = [...severities, 'undetermined', 'clear', 'none'];

function worstFirst(swept: readonly Swept[]): Swept[] {
  const rank = (one: Swept) => verdictOrder.indexOf(one.verdict);
  const order = (a: Swept, b: Swept) => rank(a) - rank(b) || bySeverity(worstAppeared(a), worstAppeared(b));
  return swept.toSorted(order);
}

function countsOf(users: readonly Swept[], policies: readonly Swept[]): SweepCounts {
  const results = { unchanged: 0, done: 0, planned: 0, failed: 0, unread: 0, left: 0, gone: 0 };
  for (const { result } of [...users, ...policies]) results[result] += 1;
  return { users: tally(users), policies: tally(policies), results };
}

/** Those deleted meanwhile are not counted: there are no such users. */
function tally(swept: readonly Swept[]): SweepCounts['users'] {
  const there = swept.filter(({ result }) => result !== 'gone');
  const counts = { total: there.length, critical: 0, high: 0, medium: 0, low: 0, undetermined: 0, clear: 0, none: 0 };
  for (const { verdict } of there) counts[verdict] += 1;
  return counts;
}
