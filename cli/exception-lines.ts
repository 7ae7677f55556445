import { endingExceptions } from '../guard/ending-exceptions.ts';
import type { Exception } from '../schemas/configuration.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { plural } from './input-talk.ts';
import { labelled } from './layout.ts';
import type { Paint } from './paint.ts';

/**
 * What became of the configuration's exceptions over some verdicts, a line each: those that were used, those that would have been
 * but were over, those that nothing matched, and those that end soon after the last verdict.
 */
export function exceptionLines(exceptions: readonly Exception[], verdicts: readonly Verdict[], width: number, paint: Paint): string[] {
  const line = ({ rule, subject, owner, expires }: Exception): string => {
    const times = (field: 'exception' | 'lapsed') =>
      verdicts.flatMap(({ findings }) => findings).filter((finding) => finding.rule === rule && isSame(finding[field], { owner, expires }))
        .length;
    const [used, lapsed] = [times('exception'), times('lapsed')];
    const what = `${subject} from ${rule}`;
    if (used > 0) return `${what}, until ${expires}: used ${used === 1 ? 'once' : `${used} times`}`;
    if (lapsed > 0) return `${what}: ended on ${expires}, and ${plural(lapsed, 'finding')} came after; ask ${owner}`;
    return `${what}, until ${expires}: not used`;
  };
  const last = verdicts.at(-1)?.event.time;
  const ending = last === undefined ? [] : endingExceptions(exceptions, last);
  const soon = ending.map(
    ({ subject, rule, owner, days }) => `${subject} from ${rule} ends in ${plural(days, 'day')}: ${owner} answers for it`,
  );
  return [...exceptions.map(line), ...soon].map((text) => labelled('exception', text, { indent: 0, width }, paint.dim));
}

function isSame(told: Verdict['findings'][number]['exception'], { owner, expires }: Pick<Exception, 'owner' | 'expires'>): boolean {
  return told?.owner === owner && told.expires === expires;
}
