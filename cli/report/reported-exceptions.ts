import { rules } from '../../analyzers/registry.ts';
import { exceptionFor } from '../../guard/exceptions.ts';
import type { Exception } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { credentialRules } from './credential-rules.ts';
import type { ReportedException } from './report.ts';

/** Findings of one subject, with what exceptions say of them. */
export interface Excepted {
  readonly type: 'user' | 'policy' | 'account';
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** What became of every exception, in the order of the configuration. `at` is ISO 8601. */
export function reportExceptions(
  exceptions: readonly Exception[],
  excepted: readonly Excepted[],
  at: string,
  credentials: boolean,
): ReportedException[] {
  const subjects = new Map<Exception, Set<string>>();
  for (const { type, name, findings } of excepted) {
    for (const finding of findings) {
      if (finding.exception === undefined && finding.lapsed === undefined) continue;
      const by = exceptionFor(finding, { type, name }, exceptions);
      if (by !== undefined) subjects.set(by, (subjects.get(by) ?? new Set()).add(`${type}/${name}`));
    }
  }
  const today = at.slice(0, 'yyyy-mm-dd'.length);
  return exceptions.map((exception) => {
    const covers = [...(subjects.get(exception) ?? [])].sort();
    const over = today > exception.expires;
    if (covers.length > 0) return { ...exception, state: over ? 'lapsed' : 'in use', subjects: covers };
    const why = over ? undefined : whyUntold(exception, credentials);
    if (why !== undefined) return { ...exception, state: 'not told', subjects: [], why };
    return { ...exception, state: over ? 'over' : 'unused', subjects: [] };
  });
}

/** Why a report sees nothing of what an exception covers; undefined where it does. */
function whyUntold({ rule, subject }: Exception, credentials: boolean): string | undefined {
  const check = rules.find(({ id }) => id === rule)?.check ?? {};
  if (check.policy === undefined && check.user === undefined && check.account === undefined)
    return 'the rule judges events, and a report sees none';
  if (/^(group|role)\//.test(subject)) return 'a report judges users, customer managed policies and the account';
  if (!credentials && (credentialRules.has(rule) || check.account !== undefined)) return 'what the rule judges was not read';
  return undefined;
}
