import type { Posture } from '../analyzers/posture.ts';
import { assemblePosture } from './assemble-posture.ts';
import { missing, type Part, readDocument, toPart } from './posture-parts.ts';
import { type GroupState, type HolderState, type ProjectedAccount, type UserState, userArn } from './projected-account.ts';
import { textOf } from './projected-answers.ts';
import type { FindVersion } from './projected-policies.ts';

/** What projecting a posture needs besides the user. */
export interface ProjectedSource {
  readonly account: ProjectedAccount;
  readonly findVersion: FindVersion;
  /** ISO 8601. */
  readonly asOf: string;
}

/** What a user holds by the trail. What the trail can't tell of it, or of a group it is in, is named in `unread`. */
export function projectPosture(source: ProjectedSource, user: UserState): Posture {
  const { account, asOf } = source;
  const groups = [...user.groups].filter((group) => account.groups.holds(group));
  return assemblePosture({
    userName: user.name,
    arn: userArn(account, user),
    account: account.id,
    asOf,
    ...(user.createdAt === undefined ? {} : { createdAt: user.createdAt }),
    groups: groups.map((group) => group.name),
    accessKeys: [...user.accessKeys.values()],
    ...(user.password === undefined ? {} : { password: user.password }),
    ...(user.mfaDevices === undefined ? {} : { mfaDevices: [...user.mfaDevices].sort() }),
    tags: tagsOf(user),
    parts: [...holdings(source, user, 'user'), ...groups.flatMap((group) => holdings(source, group, 'group'))],
    boundary: user.boundaryArn === undefined ? undefined : managedPart(source, user.boundaryArn, {}),
  });
}

/** A user's tags, keys as written. */
export function tagsOf(user: UserState): Record<string, string> {
  return Object.fromEntries([...user.tags.values()].map(({ key, value }) => [key, value]));
}

function holdings(source: ProjectedSource, holder: UserState | GroupState, type: 'user' | 'group'): Part[] {
  const place = type === 'group' ? { group: holder.name } : {};
  const inline = [...holder.inline].map(([name, document]): Part => {
    const what = `inline policy ${name} of ${type} ${holder.name}`;
    const text = textOf(document, what);
    return text.found ? toPart({ kind: 'inline', name, ...place }, what, readDocument(text.value)) : missing(what, text);
  });
  const attached = [...holder.attached].map((arn) => managedPart(source, arn, place));
  return [...inline, ...attached, ...beforeTrail(holder, type)];
}

function managedPart({ findVersion }: ProjectedSource, arn: string, place: { readonly group?: string }): Part {
  const what = `policy ${arn}`;
  const policy = findVersion(arn);
  if (!policy.found) return { unread: { what, why: policy.detail } };
  const { name, version, document } = policy.value;
  return toPart({ kind: 'managed', name, arn, version, ...place }, what, readDocument(document));
}

function beforeTrail(holder: HolderState, type: string): Part[] {
  if (holder.complete) return [];
  const what = `what ${type} ${holder.name} held before the trail began`;
  return [{ unread: { what, why: `the trail does not show ${type} ${holder.name} being created` } }];
}
