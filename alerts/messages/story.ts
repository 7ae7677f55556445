import type { Evidence, Finding } from '../../schemas/finding.ts';
import { bySeverity } from '../../schemas/severity.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import type { Background } from './background.ts';

/** What every channel tells of a verdict, in the words of the events themselves: each channel makes them text of its own. */
export interface Story {
  /** The severity of what was flagged, or the outcome: `CRITICAL`, `UNDETERMINED`. */
  readonly label: string;
  /** What it is about, in a few words. */
  readonly title: string;
  readonly who: string;
  readonly whom: string;
  readonly when: string;
  readonly where: string;
  /** Why it matters. */
  readonly why: string;
  /** The command to begin with, mostly one that takes the change back. */
  readonly command: string | undefined;
  /** What to begin with where there is no command. */
  readonly advice: string;
  /** What is wrong, worst first, but for what somebody answers for. */
  readonly findings: readonly Finding[];
  /** What is wrong and somebody answers for. */
  readonly excepted: readonly Finding[];
}

type Untold = Exclude<Verdict['outcome'], 'flagged'>;

const titles: Readonly<Record<Untold, string>> = {
  clean: 'Nothing wrong was found',
  attempted: 'A call that failed',
  undetermined: 'A change that could not be judged',
  suppressed: 'Only what somebody answers for',
};

const reasons: Readonly<Record<Untold, string>> = {
  clean: 'What was wrong before may be mended',
  attempted: 'The call changed nothing, but somebody tried it',
  undetermined: 'What could not be read may allow anything; it is not called clean',
  suppressed: 'Each finding has an exception in the configuration',
};

/** Tells a verdict. */
export function storyOf(verdict: Verdict, { rationales }: Background): Story {
  const findings = verdict.findings
    .filter(({ exception }) => exception === undefined)
    .toSorted((a, b) => bySeverity(a.severity, b.severity));
  const [worst] = findings;
  const { outcome, event, severity } = verdict;
  const flagged = outcome === 'flagged';
  return {
    label: (flagged ? severity : outcome).toUpperCase(),
    title: flagged ? (worst?.title ?? 'A finding') : titles[outcome],
    who: whoOf(verdict.actor),
    whom: whomOf(verdict.subject),
    when: event.time.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, '$1 $2 UTC'),
    where: `account ${event.account}, ${event.region}${event.sourceIp === undefined ? '' : `, from ${event.sourceIp}`}`,
    why: flagged && worst ? (rationales.get(worst.rule) ?? worst.title) : reasons[flagged ? 'undetermined' : outcome],
    command: worst?.remediation.commands.find(isCommand),
    advice: worst?.remediation.summary ?? 'Look at it, and take it back if nobody stands up for it',
    findings,
    excepted: verdict.findings.filter(({ exception }) => exception !== undefined),
  };
}

/** What is wrong in a verdict, worst first, but for what somebody answers for. */
export function openFindings({ findings }: Verdict): readonly Finding[] {
  return findings.filter(({ exception }) => exception === undefined).toSorted((a, b) => bySeverity(a.severity, b.severity));
}

/** True where a remedy is a command; the others are statements to write instead. */
export function isCommand(remedy: string): boolean {
  return remedy.startsWith('aws ');
}

/** Where an evidence points, for people. */
export function placeOf(evidence: Evidence): string {
  return `${evidence.policy === undefined ? '' : `policy ${evidence.policy}, `}${statementPlace(evidence)}`;
}

/** Where in its document an evidence points, for people, who count statements from 1. */
export function statementPlace({ statement, sid, pointer }: Evidence): string {
  return `statement ${statement + 1}${sid === undefined ? '' : ` (Sid ${sid})`}, at ${pointer === '' ? 'the whole document' : pointer}`;
}

/** That an exception has ended, where one has. */
export function lapsedNote({ lapsed }: Finding): string | undefined {
  return lapsed && `The exception of ${lapsed.owner} (${lapsed.ticket}) ended on ${lapsed.expires}`;
}

/** Who made a change: a user, or a session and its role. */
export function whoOf({ type, name, session, arn }: Verdict['actor']): string {
  if (type === 'Root') return 'the root user';
  if (session !== undefined && name !== undefined) {
    return `${session} (${type === 'FederatedUser' ? 'federated by user' : 'session of role'} ${name})`;
  }
  return name === undefined ? (session ?? arn ?? `an actor of type ${type}`) : `${type === 'IAMUser' ? 'user ' : ''}${name}`;
}

function whomOf({ type, name, account, arn }: Verdict['subject']): string {
  if (type === 'account') return `account ${account} itself`;
  return name === undefined ? `a ${type} that the event does not name` : `${type} ${name}${arn === undefined ? '' : ` (${arn})`}`;
}
