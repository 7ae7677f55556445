import { worse } from '../analyzers/severity.ts';
import type { Change } from '../events/change.ts';
import type { WantedTags } from '../iam/tag-plan.ts';
import { findingsTag, namesTag } from '../iam/tag-values.ts';
import type { TagTarget } from '../iam/tagger.ts';
import type { Finding } from '../schemas/finding.ts';
import type { Situation, Tags, TouchedUser } from './situation.ts';
import { readUserTags, wantedUserTags } from './user-tags.ts';
import { actorName } from './who.ts';

/** Tags that one thing shall have, and those it has now. */
export interface PlannedTags {
  readonly target: TagTarget;
  readonly current: Tags;
  readonly wanted: WantedTags;
}

/** A touched user with what its posture was found to be. */
export type JudgedUser = TouchedUser & { readonly findings: readonly Finding[] };

/** The tags that follow from a change: of every user it touched, of the policy it wrote, and of the policy's author. */
export function planTagging(
  change: Change,
  situation: Situation,
  users: readonly JudgedUser[],
  ofDocuments: readonly Finding[],
  prefix: string,
): PlannedTags[] {
  const planned = [
    ...users.flatMap((user) => userTagging(user, change, prefix)),
    ...policyTagging(situation, ofDocuments, prefix),
    ...authorTagging(situation, ofDocuments, prefix),
  ];
  return joined(planned);
}

function userTagging({ name, posture, findings }: JudgedUser, change: Change, prefix: string): PlannedTags[] {
  if (!posture.found) return [];
  const cause = { time: change.eventTime, by: actorName(change.actor), eventId: change.id };
  return [{ target: { kind: 'user', name }, current: posture.value.tags, wanted: wantedUserTags(posture.value, findings, cause, prefix) }];
}

/** The managed policy tells what its default version is; one never flagged gets no tag. */
function policyTagging({ policies, policyTags, author }: Situation, findings: readonly Finding[], prefix: string): PlannedTags[] {
  const [changed] = policies;
  if (!policyTags?.tags.found || !changed?.policy.active || !changed.document.read) return [];
  const target: TagTarget = { kind: 'policy', name: policyTags.arn };
  const current = policyTags.tags.value;
  const [first] = findings;
  if (first === undefined) {
    if (current[`${prefix}:verdict`] === undefined) return [];
    return [{ target, current, wanted: { set: { [`${prefix}:verdict`]: 'clear' }, remove: [`${prefix}:findings`] } }];
  }
  const verdict = findings.reduce((worst, { severity }) => worse(worst, severity), first.severity);
  const wrote = author ? { [`${prefix}:author`]: author.name } : {};
  return [
    {
      target,
      current,
      wanted: { set: { [`${prefix}:verdict`]: verdict, [`${prefix}:findings`]: findingsTag(findings), ...wrote }, remove: [] },
    },
  ];
}

/** An IAM user who wrote a flagged managed policy carries its name, whether or not the user holds it. */
function authorTagging({ policies, author }: Situation, findings: readonly Finding[], prefix: string): PlannedTags[] {
  const [changed] = policies;
  if (!author?.tags.found || findings.length === 0 || !changed?.policy.active || changed.policy.name === undefined) return [];
  const before = readUserTags(author.tags.value, prefix).authored?.split(' ') ?? [];
  const names = [...before.filter((name) => !/^\+\d+$/.test(name)), changed.policy.name];
  return [
    {
      target: { kind: 'user', name: author.name },
      current: author.tags.value,
      wanted: { set: { [`${prefix}:authored`]: namesTag(names) }, remove: [] },
    },
  ];
}

/** One write for each target: an author can also hold the policy. */
function joined(planned: readonly PlannedTags[]): PlannedTags[] {
  const byTarget = new Map<string, PlannedTags>();
  for (const plan of planned) {
    const key = `${plan.target.kind} ${plan.target.name}`;
    const other = byTarget.get(key);
    byTarget.set(
      key,
      other
        ? {
            ...other,
            wanted: { set: { ...other.wanted.set, ...plan.wanted.set }, remove: [...other.wanted.remove, ...plan.wanted.remove] },
          }
        : plan,
    );
  }
  return [...byTarget.values()];
}
