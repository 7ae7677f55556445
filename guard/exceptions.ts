import { covers } from '../policy/wildcards.ts';
import type { Exception } from '../schemas/configuration.ts';
import type { Finding } from '../schemas/finding.ts';
import type { Verdict } from '../schemas/verdict.ts';

/** Who a finding is about. */
export type ExceptedSubject = Pick<Verdict['subject'], 'type' | 'name'>;

/**
 * Findings with the exceptions that match them: one that holds is named in `exception`, one that is over in `lapsed`. `at` is the
 * time of the event or of the read, in ISO 8601: an exception holds through the day on which it expires.
 */
export function withExceptions(
  findings: readonly Finding[],
  subject: ExceptedSubject,
  exceptions: readonly Exception[],
  at: string,
): Finding[] {
  if (exceptions.length === 0) return [...findings];
  const today = at.slice(0, 'yyyy-mm-dd'.length);
  return findings.map((finding) => {
    const exception = exceptionFor(finding, subject, exceptions);
    if (exception === undefined) return finding;
    const { owner, reason, ticket, expires } = exception;
    const told = { owner, reason, ticket, expires };
    return today <= expires ? { ...finding, exception: told } : { ...finding, lapsed: told };
  });
}

/** The exception that matches a finding, over or not; of several, the one that lasts longest. */
export function exceptionFor(finding: Finding, subject: ExceptedSubject, exceptions: readonly Exception[]): Exception | undefined {
  const matching = exceptions.filter((exception) => matches(exception, finding, subject));
  return matching.toSorted((a, b) => (a.expires < b.expires ? 1 : -1))[0];
}

/** Findings that nobody answers for: those that tag and alert. */
export function unexcepted(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ exception }) => exception === undefined);
}

function matches({ rule, subject, policy }: Exception, finding: Finding, { type, name }: ExceptedSubject): boolean {
  if (rule !== finding.rule || name === undefined || !covers(subject, `${type}/${name}`)) return false;
  return policy === undefined || isToBlameAlone(policy, finding);
}

/** One policy among several to blame excuses nothing: the others would grant it still. */
function isToBlameAlone(policy: string, { evidence }: Finding): boolean {
  return evidence.length > 0 && evidence.every((one) => one.policy !== undefined && covers(policy, one.policy));
}
