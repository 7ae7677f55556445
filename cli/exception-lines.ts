import { endingExceptions } from '../guard/ending-exceptions.ts';
import type { ExceptionUse } from '../guard/exception-uses.ts';
import { exceptionFor } from '../guard/exceptions.ts';
import type { Exception } from '../schemas/configuration.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { plural } from './input-talk.ts';
import { labelled } from './layout.ts';
import type { Paint } from './paint.ts';

/** Counts how often each exception was used over verdicts, and how often a finding came after it had ended. */
export function createExceptionUses(exceptions: readonly Exception[]): { add(verdict: Verdict): void; uses(): ExceptionUse[] } {
  const uses = new Map(exceptions.map((exception) => [exception, { exception, used: 0, lapsed: 0 }]));
  return {
    add({ findings, subject }) {
      // The account itself is called by its number.
      const named = subject.type === 'account' ? { ...subject, name: subject.account } : subject;
      for (const finding of findings) {
        if (finding.exception === undefined && finding.lapsed === undefined) continue;
        const exception = exceptionFor(finding, named, exceptions);
        const use = exception && uses.get(exception);
        if (use === undefined) continue;
        if (finding.exception !== undefined) use.used += 1;
        if (finding.lapsed !== undefined) use.lapsed += 1;
      }
    },
    uses: () => [...uses.values()],
  };
}

/** What became of the exceptions, a line each: used, over, or not used; and those that end soon after `at`. */
export function exceptionLines(uses: readonly ExceptionUse[], at: string | undefined, width: number, paint: Paint): string[] {
  const ending =
    at === undefined
      ? []
      : endingExceptions(
          uses.map(({ exception }) => exception),
          at,
        );
  const soon = ending.map(
    ({ subject, rule, owner, days }) => `${subject} from ${rule} ends in ${plural(days, 'day')}: ${owner} answers for it`,
  );
  return [...uses.map(exceptionWords), ...soon].map((text) => labelled('exception', text, { indent: 0, width }, paint.dim));
}

/** What became of an exception, in one line. */
export function exceptionWords({ exception: { rule, subject, owner, expires }, used, lapsed }: ExceptionUse): string {
  const what = `${subject} from ${rule}`;
  if (used > 0) return `${what}, until ${expires}: used ${used === 1 ? 'once' : `${used} times`}`;
  if (lapsed > 0) return `${what}: ended on ${expires}, and ${plural(lapsed, 'finding')} came after; ask ${owner}`;
  return `${what}, until ${expires}: not used`;
}
