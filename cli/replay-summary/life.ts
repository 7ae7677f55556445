import { rules } from '../../analyzers/registry.ts';
import { worse } from '../../analyzers/severity.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import type { Person, Reason, Step } from './person.ts';
import { byWord } from './words.ts';

/** Rules that judge what a user holds; what the others flag is over with the event. */
const lingering = new Set(rules.filter(({ check }) => check.user ?? check.policy).map(({ id }) => id));

/** The user was created, deleted or changed. */
export function undergo(person: Person, { event, outcome, findings }: Verdict, step: Step): void {
  noteWorst(person, step);
  if (outcome === 'attempted') return;
  person.last = step;
  if (event.name === 'CreateUser') {
    const finding = findings.find(({ rule, exception }) => rule === 'iam-user-created' && exception === undefined);
    person.created = finding && reasonOf(finding);
    person.deleted = undefined;
  }
  if (event.name !== 'DeleteUser') return;
  person.deleted = step;
  person.created = undefined;
  settle(person);
}

/** The guard wrote on the user that something is wrong with what the user holds, or that nothing is any more. */
export function retag(person: Person, state: 'flagged' | 'clear', { findings, severity }: Verdict, step: Step): void {
  noteWorst(person, step);
  person.last = step;
  if (state === 'clear') {
    person.cleared = step;
    settle(person);
    return;
  }
  person.cleared = undefined;
  person.wasHeld = true;
  person.heldSince ??= step.time;
  // A change that takes something away has no finding: how much is left, a verdict does not tell.
  person.holds = worse(person.holds, severity === 'none' ? 'low' : severity);
  for (const finding of findings) {
    if (finding.exception === undefined && lingering.has(finding.rule)) person.reasons.set(finding.rule, reasonOf(finding));
  }
}

/** The user did something that was flagged, or could not be judged. */
export function make({ made }: Person, { severity, outcome }: Verdict, step: Step): void {
  made[outcome === 'flagged' ? 'flagged' : 'undetermined'] += 1;
  made.severity = worse(made.severity, severity);
  made.first ??= step;
  if (made.worst === undefined || byWord(step.word, made.worst.word) < 0) made.worst = step;
}

function reasonOf({ rule, severity, message, remediation }: Finding): Reason {
  const command = remediation.commands.find((text) => text.startsWith('aws '));
  return { rule, severity, message, remedy: remediation.summary, ...(command === undefined ? {} : { command }) };
}

function noteWorst(person: Person, step: Step): void {
  if (person.worst === undefined || byWord(step.word, person.worst.word) < 0) person.worst = step;
}

function settle(person: Person): void {
  person.holds = 'none';
  person.heldSince = undefined;
  person.reasons.clear();
}
