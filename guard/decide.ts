import { analyzeChange, analyzePolicies, analyzePosture } from '../analyzers/analyze.ts';
import { rules as allRules } from '../analyzers/registry.ts';
import { bySeverity, worse } from '../analyzers/severity.ts';
import type { Change } from '../events/change.ts';
import type { Configuration } from '../schemas/configuration.ts';
import type { Finding } from '../schemas/finding.ts';
import type { Outcome, Verdict } from '../schemas/verdict.ts';
import { appearedOrWorse } from './appeared.ts';
import { type PlannedTags, planTagging } from './plan-tagging.ts';
import type { Situation } from './situation.ts';
import { summarize } from './summary.ts';
import { undoCommands } from './undo.ts';
import { readUserTags } from './user-tags.ts';
import { visible } from './visible-text.ts';

/** What the guard concludes, and the tags that follow from it. */
export interface Decision {
  /** Complete but for what comes of the tagging. */
  readonly verdict: Verdict;
  readonly tagging: readonly PlannedTags[];
}

/** Judges a change from all that was read about it. Pure: the same situation gives the same decision. */
export function decide(change: Change, situation: Situation, configuration: Configuration): Decision {
  const rules = allRules.filter(({ id }) => !configuration.disabledRules.includes(id));
  const happened = change.errorCode === undefined && situation.watched;
  const ofDocuments = situation.policies.flatMap(({ policy, document }) =>
    document.read
      ? analyzePolicies({ policies: [{ policy: document.value, ...(policy.name === undefined ? {} : { name: policy.name }) }] }, rules)
      : [],
  );
  const users = situation.users.map((user) => ({ ...user, findings: user.posture.found ? analyzePosture(user.posture.value, rules) : [] }));
  const ofChange = [...ofDocuments, ...(change.errorCode === undefined ? analyzeChange(change, rules) : [])].map((finding) =>
    withUndo(finding, change),
  );
  const ofSubject = users
    .filter(({ relation }) => relation === 'subject')
    .flatMap(({ posture, findings }) =>
      posture.found ? appearedOrWorse(findings, readUserTags(posture.value.tags, configuration.tagPrefix)) : [],
    );

  const undetermined = whyUndetermined(situation);
  const found = merged(ofChange, ofSubject);
  const outcome = outcomeOf(change, undetermined, found);
  const findings = outcome === 'attempted' ? found.map((finding) => ({ ...finding, severity: 'low' as const })) : found;
  return {
    verdict: {
      id: change.id,
      outcome,
      severity: severityOf(outcome, findings),
      summary: summarize({ change, outcome, policies: situation.policies, findings, undetermined }),
      event: eventOf(change),
      actor: { ...change.actor },
      subject: { ...change.subject },
      policies: situation.policies.map(({ policy }) => ({ ...policy })),
      findings,
      actions: notesOf(situation, ofDocuments).map((detail) => ({
        kind: 'note',
        target: change.subject.name ?? change.subject.type,
        result: 'skipped',
        detail,
      })),
    },
    tagging: happened ? planTagging(change, situation, users, ofDocuments, configuration.tagPrefix) : [],
  };
}

/** The findings of the change, and those of the subject's posture that say more. Worst first. */
function merged(ofChange: readonly Finding[], ofSubject: readonly Finding[]): Finding[] {
  const saysMore = (finding: Finding) =>
    !ofChange.some((other) => other.rule === finding.rule && bySeverity(other.severity, finding.severity) <= 0 && holdsAll(other, finding));
  return [...ofChange, ...ofSubject.filter(saysMore)].toSorted((a, b) => bySeverity(a.severity, b.severity));
}

function holdsAll(other: Finding, finding: Finding): boolean {
  const within = (mine: readonly string[] | undefined, theirs: readonly string[] | undefined) =>
    (mine ?? []).every((id) => theirs?.includes(id));
  return within(finding.services, other.services) && within(finding.paths, other.paths);
}

/** The first thing a reader needs is how to take it back; what to write instead comes after. */
function withUndo(finding: Finding, change: Change): Finding {
  if (change.errorCode !== undefined) return finding;
  return { ...finding, remediation: { ...finding.remediation, commands: [...undoCommands(change), ...finding.remediation.commands] } };
}

/** Why the changed thing itself could not be judged, or undefined where it could. */
function whyUndetermined({ watched, policies }: Situation): string | undefined {
  if (!watched) return 'the event is of another account than the guard watches';
  const unread = policies.find(({ document }) => !document.read);
  return unread && !unread.document.read ? unread.document.why : undefined;
}

function outcomeOf(change: Change, undetermined: string | undefined, findings: readonly Finding[]): Outcome {
  if (change.errorCode !== undefined) return 'attempted';
  if (undetermined !== undefined) return 'undetermined';
  return findings.length > 0 ? 'flagged' : 'clean';
}

function severityOf(outcome: Outcome, [worst]: readonly Finding[]): Verdict['severity'] {
  if (outcome === 'attempted') return 'low';
  const severity = worst?.severity ?? 'none';
  return outcome === 'undetermined' ? worse(severity, 'medium') : severity;
}

function eventOf(change: Change): Verdict['event'] {
  return {
    id: change.id,
    name: change.eventName,
    time: change.eventTime,
    source: change.eventSource,
    account: change.account,
    region: change.region,
    ...(change.errorCode === undefined ? {} : { errorCode: change.errorCode }),
    ...(change.sourceIp === undefined ? {} : { sourceIp: change.sourceIp }),
    ...(change.userAgent === undefined ? {} : { userAgent: change.userAgent }),
  };
}

/** What a reader should know was not seen. */
function notesOf({ users, notes, policies, author, policyTags }: Situation, ofDocuments: readonly Finding[]): string[] {
  const ofUsers = users.flatMap(({ name, posture }) => {
    if (!posture.found) return [`user ${visible(name)} was not judged: ${visible(posture.detail)}`];
    return posture.value.unread.map(({ what, why }) => `user ${visible(name)}, ${visible(what)} was not judged: ${visible(why)}`);
  });
  const problems = policies.flatMap(({ document }) => (document.read ? document.value.problems.map(({ message }) => message) : []));
  const ofAuthor = author && !author.tags.found ? [`the author ${author.name} was not tagged: ${author.tags.detail}`] : [];
  const ofPolicy = policyTags && !policyTags.tags.found ? [`the policy was not tagged: ${policyTags.tags.detail}`] : [];
  const missed = ofDocuments.length > 0 ? [...ofAuthor, ...ofPolicy] : [];
  return [...new Set([...notes, ...ofUsers, ...problems, ...missed])].map(visible);
}
