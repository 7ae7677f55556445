import { activeRules } from '../analyzers/active-rules.ts';
import { analyzePosture } from '../analyzers/analyze.ts';
import type { Posture } from '../analyzers/posture.ts';
import { applyTags } from '../iam/tagger.ts';
import type { Finding } from '../schemas/finding.ts';
import type { UserRequest } from '../schemas/user-request.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { visible } from '../schemas/visible-text.ts';
import { appearedOrWorse } from './appeared.ts';
import { unexcepted, withExceptions } from './exceptions.ts';
import { IncompleteError } from './guard.ts';
import type { GuardPorts } from './ports.ts';
import { readUserTags, wantedUserTags } from './user-tags.ts';
import { actorName } from './who.ts';

/** What came of judging a user: undefined where there is no such user any more. */
export interface UserOutcome {
  readonly findings: readonly Finding[];
  /** Told where the first look at the event had not shown it. */
  readonly verdict?: Verdict;
}

/**
 * Judges a user as it is by now, and brings its tags to that. What the event made appear and the first look did not see yet is
 * told under the event's id. Throws where a retry may mend it.
 */
export async function judgeUser(request: UserRequest, ports: GuardPorts): Promise<UserOutcome | undefined> {
  const { user, event, actor, relation } = request;
  const directory = ports.directory(event.account);
  if (directory === undefined) throw new Error(`user \`${user}\` is of account \`${event.account}\`, which this guard does not watch`);
  const posture = await directory.posture(user);
  if (!posture.found) {
    if (posture.why === 'absent') return undefined;
    throw new IncompleteError([`user \`${user}\` could not be read: ${posture.detail}`], undefined);
  }
  const { configuration } = ports;
  const prefix = configuration.tagPrefix;
  const found = analyzePosture(posture.value, configuration, activeRules(configuration));
  const findings = unexcepted(withExceptions(found, { type: 'user', name: user }, configuration.exceptions, posture.value.asOf));
  const appeared = relation === 'subject' ? appearedOrWorse(findings, readUserTags(posture.value.tags, prefix)) : [];
  const cause = { time: event.time, by: actorName(actor), eventId: event.id };
  const wanted = wantedUserTags(posture.value, findings, cause, { prefix, unsettled: false });
  // Told before it is tagged: once the tags name a finding, it counts as told.
  const verdict = appeared.length > 0 ? verdictOn(posture.value, appeared, request) : undefined;
  if (verdict) await ports.publish(verdict, 'second');
  const { action, transient } = await applyTags(directory, { kind: 'user', name: user }, posture.value.tags, wanted);
  if (transient !== undefined) throw new IncompleteError([action.detail ?? `user \`${user}\` is not tagged`], transient);
  return verdict ? { findings, verdict: { ...verdict, actions: [action] } } : { findings };
}

function verdictOn({ userName, arn, account }: Posture, findings: readonly Finding[], { event, actor }: UserRequest): Verdict {
  const [worst] = findings;
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  const message = worst?.message.startsWith('holds ') ? worst.message : `holds what ${worst?.message}`;
  const summary = `Since ${visible(event.name)} by ${actorName(actor)}, user ${visible(userName)} ${visible(message)}${more}.`;
  return {
    id: event.id,
    outcome: 'flagged',
    severity: worst?.severity ?? 'none',
    summary: summary.replaceAll('"', "'").replaceAll('\\', '/'),
    event,
    actor,
    subject: { type: 'user', name: userName, arn, account },
    policies: [],
    findings: [...findings],
    actions: [],
  };
}
