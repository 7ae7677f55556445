import { iamCommand } from '../../analyzers/aws-command.ts';
import { rules } from '../../analyzers/registry.ts';
import { worse } from '../../analyzers/severity.ts';
import { readUserTags } from '../../guard/user-tags.ts';
import { parseFindingsTag } from '../../iam/tag-values.ts';
import { bySeverity, type Severity, severities } from '../../schemas/severity.ts';
import { byAttention, needNow, worstWord } from './by-attention.ts';
import type { Person, Reason } from './person.ts';
import { sentence } from './sentence.ts';
import type { UserInNeed } from './summary.ts';
import { wholeTime } from './times.ts';

/** The tags of a user of an account at the end of the trail; undefined where the user is not known there. */
export type FinalTags = (account: string, user: string) => Promise<Readonly<Record<string, string>> | undefined>;

const mostReasons = 3;

/** The users with whom something is or was flagged, the one to look at first coming first. */
export async function needingAttention(people: readonly Person[], tagPrefix: string, finalTags?: FinalTags): Promise<UserInNeed[]> {
  if (finalTags !== undefined) for (const person of people) correct(person, await finalTags(person.account, person.name), tagPrefix);
  return people.filter(isWorthTelling).sort(byAttention).map(toUser);
}

/** Left out: of whom there is only what an exception covers, or a refused call; and who was there for a while and neither held nor did anything. */
function isWorthTelling(person: Person): boolean {
  if (['clean', 'suppressed', 'attempted'].includes(worstWord(person))) return false;
  return needNow(person) !== 'none' || person.wasHeld || person.made.worst !== undefined;
}

/** What the tags say at the end is what the user holds: of what a change lessened, a verdict does not tell how much is left. */
function correct(person: Person, tags: Readonly<Record<string, string>> | undefined, prefix: string): void {
  if (tags === undefined || person.deleted !== undefined) return;
  const { verdict, findings, since } = readUserTags(tags, prefix);
  person.holds = severities.find((severity) => severity === verdict) ?? 'none';
  if (since !== undefined) person.heldSince = since;
  const held = parseFindingsTag(findings ?? '').rules;
  for (const rule of person.reasons.keys()) if (!held.has(rule)) person.reasons.delete(rule);
  for (const rule of held.keys()) if (!person.reasons.has(rule)) addFromRegistry(person, rule);
}

/** A rule whose finding no verdict of this trail told in words. */
function addFromRegistry(person: Person, id: string): void {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) return;
  const { severity, title, remediation } = rule;
  person.reasons.set(id, { rule: id, severity, message: title, remedy: remediation.summary });
}

function toUser(person: Person): UserInNeed {
  const { name, account, last } = person;
  const now = needNow(person);
  return {
    user: name,
    account,
    stands: now === 'none' ? (person.deleted ? 'deleted' : 'clear') : now,
    why: [...standing(person), ...madeWords(person), ...over(person)],
    since: sinceOf(person),
    ...(last === undefined ? {} : { last }),
    first: first(person, now),
  };
}

function standing(person: Person): string[] {
  const reasons = reasonsOf(person);
  const more = reasons.length - mostReasons;
  return [
    ...reasons.slice(0, mostReasons).map(({ rule, severity, message }) => `${rule} (${severity}): ${message}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

function madeWords({ key, made, holds }: Person): string[] {
  const { flagged, undetermined, worst } = made;
  // What a user gave himself and still holds was said.
  if (worst === undefined || (flagged + undetermined === 1 && worst.about === key && holds !== 'none')) return [];
  const count = flagged + undetermined;
  if (count === 1) return [`made a change that ${flagged === 1 ? 'was flagged' : 'could not be judged'}: ${sentence(worst)}`];
  const doubts = undetermined === 0 ? '' : `, of which ${undetermined} could not be judged`;
  return [`made ${count} ${undetermined === 0 ? 'flagged ' : ''}changes${doubts}; the worst (${worst.word}): ${sentence(worst)}`];
}

/** What was wrong and is no more. */
function over(person: Person): string[] {
  const { worst, holds, created, deleted, cleared, made, wasHeld } = person;
  if (worst === undefined || holds !== 'none' || created !== undefined || !wasHeld || worst.eventId === made.worst?.eventId) return [];
  const end = cleared ?? deleted;
  const until = end === undefined ? '' : ` until ${wholeTime(end.time)}`;
  const ends = [cleared && `cleared by ${cleared.by}`, deleted && `deleted by ${deleted.by}`].filter((text) => text !== undefined);
  const ended = ends.map((text) => `; ${text}`).join('');
  return [`was ${worst.word} from ${wholeTime(worst.time)}${until}: ${worst.by} ${sentence(worst)}${ended}`];
}

function sinceOf({ holds, heldSince, made, worst, steps }: Person): string {
  const [first = worst?.time ?? steps[0]?.time ?? ''] = [holds === 'none' ? undefined : heldSince, made.first?.time]
    .filter((time) => time !== undefined)
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  return first;
}

function first(person: Person, now: Severity | 'none'): UserInNeed['first'] {
  const { name, made, holds } = person;
  if (now === 'none') return { what: 'Look in the trail for what the user did in between' };
  const [reason] = reasonsOf(person);
  if (reason !== undefined && bySeverity(worse(holds, reason.severity), made.severity) <= 0)
    return { what: reason.remedy, ...(reason.command === undefined ? {} : { command: reason.command }) };
  const count = made.flagged + made.undetermined;
  return {
    what: `Ask the owner of ${name} about ${count === 1 ? 'this change' : `these ${count} changes`}; if somebody else made them, take the key or password away`,
    command: iamCommand('list-access-keys', '--user-name', name),
  };
}

function reasonsOf({ reasons, created }: Person): Reason[] {
  return [...reasons.values(), ...(created ? [created] : [])].sort((a, b) => bySeverity(a.severity, b.severity));
}
