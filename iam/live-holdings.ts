import {
  type IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListAttachedUserPolicies,
  paginateListGroupPolicies,
  paginateListUserPolicies,
} from '@aws-sdk/client-iam';
import type { Answer } from './directory.ts';
import { inParallel } from './in-parallel.ts';
import { collect, listed } from './live-answer.ts';
import { inlineName, readInline } from './live-inline.ts';
import type { ReadVersion } from './live-policies.ts';
import { missing, type Part, readDocument, toPart } from './posture-parts.ts';

/** Who holds policies that count for a user: the user itself, or a group it is in. */
export interface Owner {
  readonly type: 'user' | 'group';
  readonly name: string;
}

/** Finds the default version of a managed policy. */
export type ReadManaged = (arn: string) => Promise<Answer<ReadVersion>>;

// A user or group holds at most some twenty policies; eight calls at once are quick and leave IAM room for others.
const callsAtOnce = 8;

/** All policies of one owner, inline and attached: two listings, then one call an inline policy and one or two a managed one. */
export async function readHoldings(client: IAMClient, owner: Owner, readManaged: ReadManaged): Promise<Part[]> {
  const [inline, attached] = await Promise.all([
    listed(`inline policies of ${owner.type} ${owner.name}`, () => inlineNames(client, owner)),
    listed(`policies attached to ${owner.type} ${owner.name}`, () => attachedArns(client, owner)),
  ]);
  const [inlineParts, managedParts] = await Promise.all([
    inParallel(inline.items, callsAtOnce, (name) => inlinePart(client, owner, name)),
    inParallel(attached.items, callsAtOnce, (arn) => managedPart(arn, readManaged, groupOf(owner))),
  ]);
  return [...inline.parts, ...attached.parts, ...inlineParts, ...managedParts];
}

/** The default version of a managed policy, placed where it is held. */
export async function managedPart(arn: string, readManaged: ReadManaged, place: { readonly group?: string }): Promise<Part> {
  const what = `policy ${arn}`;
  const read = await readManaged(arn);
  if (!read.found) return missing(what, read);
  const { name, version, parsed } = read.value;
  return toPart({ kind: 'managed', name, arn, version, ...place }, what, parsed);
}

async function inlinePart(client: IAMClient, owner: Owner, name: string): Promise<Part> {
  const what = inlineName(owner, name);
  const read = await readInline(client, owner, name);
  return read.found ? toPart({ kind: 'inline', name, ...groupOf(owner) }, what, readDocument(read.value)) : missing(what, read);
}

function inlineNames(client: IAMClient, { type, name }: Owner): Promise<string[]> {
  return type === 'user'
    ? collect(paginateListUserPolicies({ client }, { UserName: name }), (page) => page.PolicyNames)
    : collect(paginateListGroupPolicies({ client }, { GroupName: name }), (page) => page.PolicyNames);
}

async function attachedArns(client: IAMClient, { type, name }: Owner): Promise<string[]> {
  const attached =
    type === 'user'
      ? collect(paginateListAttachedUserPolicies({ client }, { UserName: name }), (page) => page.AttachedPolicies)
      : collect(paginateListAttachedGroupPolicies({ client }, { GroupName: name }), (page) => page.AttachedPolicies);
  return (await attached).map((policy) => policy.PolicyArn ?? '');
}

function groupOf(owner: Owner): { readonly group?: string } {
  return owner.type === 'group' ? { group: owner.name } : {};
}
