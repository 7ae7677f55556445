import { asked, type Call, returned } from './call.ts';
import type { DocumentInEvent, Holder, Tag } from './change.ts';
import { fieldsOf, isTrue, tags, text } from './fields.ts';

/** The user's name, as asked for or as IAM answered. */
export function userName(call: Call): string | undefined {
  return (
    asked(call, 'userName') ?? ['user', 'accessKey', 'loginProfile'].map((thing) => text(returned(call, thing), 'userName')).find(Boolean)
  );
}

/** Whether a credential is the caller's own: IAM takes the caller where the request names no user. */
export function isOwnCredential(call: Call): boolean {
  if (userName(call) !== undefined || call.denied !== undefined) return false;
  // Null parameters are what CreateAccessKey of one's own key has; in the other calls they are a denied call's, and hide the user.
  return call.complete || call.eventName === 'CreateAccessKey';
}

/** The name of the user whose key, password or MFA device it is. */
export function ownerName(call: Call): string | undefined {
  return userName(call) ?? (isOwnCredential(call) && call.actor.type === 'IAMUser' ? call.actor.name : undefined);
}

/** The group's name. */
export function groupName(call: Call): string | undefined {
  return asked(call, 'groupName') ?? text(returned(call, 'group'), 'groupName');
}

/** A managed policy's friendly name, where the record has it on its own. */
export function policyName(call: Call): string | undefined {
  return asked(call, 'policyName') ?? text(returned(call, 'policy'), 'policyName');
}

/** A managed policy's ARN: as IAM answered, as asked for, or built for a policy that is being created. */
export function policyArn(call: Call): string | undefined {
  const created = call.eventName === 'CreatePolicy' ? builtArn(call, 'policy', policyName(call)) : undefined;
  return text(returned(call, 'policy'), 'arn') ?? asked(call, 'policyArn') ?? created;
}

/** The user that a policy is put on or attached to. */
export function userHolder(call: Call): Holder | undefined {
  const name = userName(call);
  return name === undefined ? undefined : { type: 'user', name };
}

/** The group that a policy is put on or attached to. */
export function groupHolder(call: Call): Holder | undefined {
  const name = groupName(call);
  return name === undefined ? undefined : { type: 'group', name };
}

/** The path of what a call creates: IAM's default, `/`, only where the whole request is known to name none. */
export function createdPath(call: Call, thing: 'user' | 'policy'): string | undefined {
  const unnamed = call.complete && (call.request.path === undefined || call.request.path === null);
  return text(returned(call, thing), 'path') ?? asked(call, 'path') ?? (unnamed ? '/' : undefined);
}

/** A user's ARN as far as the record knows it. A path is never guessed: only its creation and its own calls tell it. */
export function userArn(call: Call, name: string | undefined): string | undefined {
  const own =
    call.actor.type === 'IAMUser' && call.actor.name === name && call.actor.accountId === call.account ? call.actor.arn : undefined;
  const created = call.eventName === 'CreateUser' ? builtArn(call, 'user', name) : undefined;
  return text(returned(call, 'user'), 'arn') ?? deniedArn(call, 'user') ?? own ?? created;
}

/** The document that a policy is created, extended or put with. */
export function documentOf(call: Call): DocumentInEvent {
  const { policyDocument } = call.request;
  return typeof policyDocument === 'string' ? { state: 'present', text: policyDocument } : { state: 'omitted' };
}

/** The id that IAM gave a new policy version. */
export function newVersion(call: Call): string | undefined {
  return text(returned(call, 'policyVersion'), 'versionId');
}

/** Whether a new policy version is in force at once. */
export function isDefault(call: Call): boolean {
  return isTrue(call.request, 'setAsDefault') || isTrue(returned(call, 'policyVersion'), 'isDefaultVersion');
}

/** The tags of what a call creates. */
export function tagsOf(call: Call, created: 'user' | 'policy'): readonly Tag[] {
  return call.complete ? tags(call.request, 'tags') : tags(returned(call, created), 'tags');
}

/** The ARN of the policy set as a user's permissions boundary. */
export function boundaryOf(call: Call): string | undefined {
  const { permissionsBoundary } = returned(call, 'user');
  return asked(call, 'permissionsBoundary') ?? text(fieldsOf(permissionsBoundary), 'permissionsBoundaryArn');
}

/** The ARN in a denied call's message, where it is of a user or a group. */
export function deniedArn(call: Call, type: 'user' | 'group'): string | undefined {
  return call.denied?.type === type ? call.denied.arn : undefined;
}

function builtArn(call: Call, thing: 'user' | 'policy', name: string | undefined): string | undefined {
  const { account, partition } = call;
  const path = createdPath(call, thing);
  // One that exists already may be under another path.
  if (call.errorCode?.startsWith('EntityAlreadyExists')) return undefined;
  if (name === undefined || partition === undefined || account === 'unknown') return undefined;
  return path?.startsWith('/') && path.endsWith('/') ? `arn:${partition}:iam::${account}:${thing}${path}${name}` : undefined;
}
