import { activeRules } from '../analyzers/active-rules.ts';
import { analyzeAccount, analyzeChange, analyzePosture } from '../analyzers/analyze.ts';
import type { Posture } from '../analyzers/posture.ts';
import type { ChangeContext, Rule } from '../analyzers/rule.ts';
import type { Change } from '../events/change.ts';
import { known } from '../events/known.ts';
import type { JudgedPolicy } from '../policy/grants.ts';
import type { Configuration } from '../schemas/configuration.ts';
import type { Finding } from '../schemas/finding.ts';
import { bySeverity } from '../schemas/severity.ts';
import type { Outcome, Verdict } from '../schemas/verdict.ts';
import { analyzePoliciesOnce } from './analyze-once.ts';
import { appearedOrWorse } from './appeared.ts';
import { parsed } from './changed-policy.ts';
import { notesOf, whyDoubtful, whyUndetermined } from './doubts.ts';
import { type ExceptedSubject, unexcepted, withExceptions } from './exceptions.ts';
import { type InForce, isInForce, type PlannedTags, planTagging } from './plan-tagging.ts';
import type { ChangedPolicy, Situation } from './situation.ts';
import { summarize } from './summary.ts';
import { isTold } from './told.ts';
import { undoCommands } from './undo.ts';
import { readUserTags, type UserTags } from './user-tags.ts';

/** What the guard concludes, and the tags that follow from it. */
export interface Decision {
  /** Complete but for what comes of the tagging. */
  readonly verdict: Verdict;
  readonly tagging: readonly PlannedTags[];
}

/** Lambda tries an event again after a minute at the earliest, which is when it is older than this. Milliseconds. */
const firstRetry = 60_000;

/** Findings with the exceptions that match a subject; the change's own where none is given. */
type Marked = (findings: readonly Finding[], subject?: ExceptedSubject) => Finding[];

/** Judges a change from all that was read about it. Pure: the same situation gives the same decision. */
export function decide(change: Change, situation: Situation, configuration: Configuration): Decision {
  const { policy } = situation;
  const prefix = configuration.tagPrefix;
  const rules = activeRules(configuration);
  const happened = change.errorCode === undefined;
  const marked: Marked = (findings, subject = change.subject) =>
    withExceptions(findings, subject, configuration.exceptions, change.eventTime);
  const ofDocument = marked(policy ? findingsOf(policy, rules) : []);
  const ofEvent = marked(happened && !situation.own ? analyzeChange(change, contextOf(situation, configuration), rules) : []);
  const ofAccount = marked(situation.passwordPolicy?.found ? analyzeAccount(situation.passwordPolicy.value, configuration, rules) : [], {
    type: 'account',
    name: change.account,
  });
  // What somebody answers for leaves no tag, and is told where an event brings it, not at every event of the user.
  const users = situation.users.map((user) => ({
    ...user,
    findings: user.posture.found
      ? unexcepted(marked(analyzePosture(user.posture.value, configuration, rules, analyzePoliciesOnce), { type: 'user', name: user.name }))
      : [],
  }));
  const ofSubject = users
    .filter(({ relation }) => relation === 'subject')
    .flatMap(({ posture, findings }) =>
      posture.found ? newlyFound(findings, posture.value, readUserTags(posture.value.tags, prefix), change) : [],
    );
  const ofChange = [...ofDocument, ...ofEvent, ...ofAccount].map((finding) => withUndo(finding, change));
  const more = ofSubject.filter((finding) => !isTold(finding, ofChange)).map((finding) => withUndo(finding, change));
  const found = inOrder([...ofChange.filter((finding) => !isTold(finding, more)), ...more]);

  const undetermined = whyUndetermined(situation) ?? (found.length === 0 ? whyDoubtful(situation) : undefined);
  const outcome = outcomeOf(change, undetermined, found);
  const findings = outcome === 'attempted' ? found.map((finding) => ({ ...finding, severity: 'low' as const })) : found;
  const told = unexcepted(findings);
  const target = change.subject.name ?? change.subject.type;
  return {
    verdict: {
      id: change.id,
      outcome,
      severity: severityOf(outcome, told),
      summary: summarize({
        change,
        outcome,
        policy,
        undetermined,
        ofDocument: inOrder(unexcepted(ofDocument)),
        ofPosture: inOrder(more),
        count: told.length,
      }),
      event: eventOf(change),
      actor: { ...change.actor },
      subject: { ...change.subject },
      policies: policy ? [{ ...policy.policy }] : [],
      findings,
      actions: notesOf(situation, unexcepted(ofDocument).length > 0).map((detail) => ({ kind: 'note', target, result: 'skipped', detail })),
    },
    tagging:
      happened && situation.watched
        ? planTagging(change, situation, users, inForceFindings(situation, unexcepted(ofDocument), rules, marked), prefix)
        : [],
  };
}

/**
 * What the tags did not name before this event. Where they were moved by this very event, its verdict may not have been told: all of it is. The same where they
 * were moved after an event that may have been tried before, by another event or a sweep: what the first try tagged, and did not get told, nobody else tells.
 */
function newlyFound(findings: readonly Finding[], { asOf }: Posture, before: UserTags, { id, eventTime }: Change): readonly Finding[] {
  if (before.evidence?.endsWith(` ${id}`)) return findings;
  const maybeTriedBefore = Date.parse(asOf) - Date.parse(eventTime) >= firstRetry;
  const movedSince = Date.parse(before.evidence?.split(' ')[0] ?? '') >= Date.parse(eventTime);
  return maybeTriedBefore && movedSince ? findings : appearedOrWorse(findings, before);
}

function contextOf({ users }: Situation, settings: Configuration): ChangeContext {
  const posture = users.find(({ relation }) => relation === 'subject')?.posture;
  return posture?.found ? { settings, posture: posture.value } : { settings };
}

function findingsOf({ policy, document }: ChangedPolicy, rules: readonly Rule[]): readonly Finding[] {
  return document.read
    ? analyzePoliciesOnce({ policies: [known<JudgedPolicy>({ policy: document.value, name: policy.name })] }, rules)
    : [];
}

/** What the version in force holds: the change's own, or another where the event came late. */
function inForceFindings({ live, policy }: Situation, ofDocument: readonly Finding[], rules: readonly Rule[], marked: Marked): InForce {
  if (!live?.inForce.found) return undefined;
  if (isInForce(live, policy)) return policy?.document.read ? ofDocument : undefined;
  const { document: text, name } = live.inForce.value;
  const document = parsed(text);
  return document.read
    ? unexcepted(marked(analyzePoliciesOnce({ policies: [{ policy: document.value, name }] }, rules), { type: 'policy', name }))
    : undefined;
}

function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => bySeverity(a.severity, b.severity));
}

/** The first thing a reader needs is how to take it back; what to write instead comes after. */
function withUndo(finding: Finding, change: Change): Finding {
  // What AWS attached because a key leaked is the last thing to take back.
  if (change.errorCode !== undefined || finding.rule === 'credential-compromised') return finding;
  return { ...finding, remediation: { ...finding.remediation, commands: [...undoCommands(change), ...finding.remediation.commands] } };
}

function outcomeOf(change: Change, undetermined: string | undefined, findings: readonly Finding[]): Outcome {
  if (change.errorCode !== undefined) return 'attempted';
  if (undetermined !== undefined) return 'undetermined';
  if (unexcepted(findings).length > 0) return 'flagged';
  return findings.length > 0 ? 'suppressed' : 'clean';
}

function severityOf(outcome: Outcome, [worst]: readonly Finding[]): Verdict['severity'] {
  if (outcome === 'attempted') return 'low';
  return outcome === 'undetermined' ? 'medium' : (worst?.severity ?? 'none');
}

function eventOf(change: Change): Verdict['event'] {
  return known<Verdict['event']>({
    id: change.id,
    name: change.eventName,
    time: change.eventTime,
    source: change.eventSource,
    account: change.account,
    region: change.region,
    errorCode: change.errorCode,
    sourceIp: change.sourceIp,
    userAgent: change.userAgent,
  });
}
