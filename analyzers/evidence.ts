import type { SourcedStatement } from '../policy/grants.ts';
import type { PatternElement } from '../policy/policy.ts';
import type { Evidence } from '../schemas/finding.ts';

/** Above this, an element is pointed to whole. */
const mostPatterns = 10;

/** Which values of a statement's action and resource elements make the grant, by their globs. */
export interface Contribution {
  readonly action: (glob: string) => boolean;
  readonly resource: (glob: string) => boolean;
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
function pointersTo(element: PatternElement, statement: string, contributes: (glob: string) => boolean): string[] {
  const whole = `${statement}/${element.name}`;
  if (element.negated || element.scalar) return [whole];
  const at = element.patterns.flatMap(({ glob }, index) => (contributes(glob) ? [`${whole}/${index}`] : []));
  return at.length === 0 || at.length > mostPatterns ? [whole] : at;
}
