import type { SourcedStatement } from '../policy/grants.ts';
import type { Pattern } from '../policy/pattern.ts';
import type { PatternElement } from '../policy/policy.ts';
import { covers } from '../policy/wildcards.ts';
import type { Evidence } from '../schemas/finding.ts';

/** Above this, an element is pointed to whole. */
const mostPatterns = 10;

/** Which values of a statement's action and resource elements make the grant. */
export interface Contribution {
  readonly action: (pattern: Pattern) => boolean;
  readonly resource: (pattern: Pattern) => boolean;
}

/** Pointers to the elements of a statement that make a grant. */
export function evidenceOf({ statement, policyName }: SourcedStatement, contributes: Contribution): Evidence[] {
  const pointers = [
    ...pointersTo(statement.action, statement.pointer, contributes.action),
    ...pointersTo(statement.resource, statement.pointer, contributes.resource),
  ];
  return pointers.map((pointer) => ({
    ...(policyName === undefined ? {} : { policy: policyName }),
    statement: statement.index,
    ...(statement.sid === undefined ? {} : { sid: statement.sid }),
    pointer,
  }));
}

/** A negated element grants by what it leaves out, so it is pointed to whole. */
function pointersTo(element: PatternElement, statement: string, contributes: (pattern: Pattern) => boolean): string[] {
  const whole = `${statement}/${element.name}`;
  if (element.negated || element.scalar) return [whole];
  const making = [...element.patterns.entries()].filter(([, pattern]) => contributes(pattern));
  // What a wider value beside it holds anyway is not to blame.
  const widest = making.filter(
    ([index, { glob }]) => !making.some(([other, { glob: by }]) => other !== index && by !== glob && covers(by, glob)),
  );
  return widest.length === 0 || widest.length > mostPatterns ? [whole] : widest.map(([index]) => `${whole}/${index}`);
}
