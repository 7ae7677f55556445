import type { Exception } from '../schemas/configuration.ts';
import type { Finding } from '../schemas/finding.ts';
import { type ExceptedSubject, unexcepted, withExceptions } from './exceptions.ts';

/** How often an exception quieted a finding, and how often one came after it had ended. */
export interface ExceptionUse {
  readonly exception: Exception;
  readonly used: number;
  readonly lapsed: number;
}

/** Takes away the findings that an exception covers: what is left tags and alerts. */
export type Except = (findings: readonly Finding[], subject: ExceptedSubject, at: string) => Finding[];

/** An `Except` that remembers for whom each exception was used, once for each subject and rule. */
export function rememberingUses(exceptions: readonly Exception[]): { readonly except: Except; readonly uses: () => ExceptionUse[] } {
  const [used, lapsed] = [new Set<string>(), new Set<string>()];
  const keyOf = (told: NonNullable<Finding['exception']>, rule: string) => JSON.stringify([rule, told.owner, told.ticket, told.expires]);
  const countIn = (seen: ReadonlySet<string>, { rule, owner, ticket, expires }: Exception) => {
    const start = JSON.stringify([rule, owner, ticket, expires]);
    return [...seen].filter((key) => key.startsWith(start)).length;
  };
  return {
    except(findings, subject, at) {
      const marked = withExceptions(findings, subject, exceptions, at);
      for (const { rule, exception, lapsed: ended } of marked) {
        if (exception) used.add(`${keyOf(exception, rule)}${subject.type}/${subject.name}`);
        if (ended) lapsed.add(`${keyOf(ended, rule)}${subject.type}/${subject.name}`);
      }
      return unexcepted(marked);
    },
    uses: () => exceptions.map((exception) => ({ exception, used: countIn(used, exception), lapsed: countIn(lapsed, exception) })),
  };
}
