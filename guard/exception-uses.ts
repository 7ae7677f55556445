import type { Exception } from '../schemas/configuration.ts';
import type { Finding } from '../schemas/finding.ts';
import { type ExceptedSubject, exceptionFor, unexcepted, withExceptions } from './exceptions.ts';

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
  const [used, lapsed] = [new Map<Exception, Set<string>>(), new Map<Exception, Set<string>>()];
  return {
    except(findings, subject, at) {
      const marked = withExceptions(findings, subject, exceptions, at);
      for (const finding of marked) {
        const exception = exceptionFor(finding, subject, exceptions);
        if (exception === undefined) continue;
        const seen = finding.exception ? used : lapsed;
        seen.set(exception, (seen.get(exception) ?? new Set()).add(`${subject.type}/${subject.name}`));
      }
      return unexcepted(marked);
    },
    uses: () =>
      exceptions.map((exception) => ({ exception, used: used.get(exception)?.size ?? 0, lapsed: lapsed.get(exception)?.size ?? 0 })),
  };
}
