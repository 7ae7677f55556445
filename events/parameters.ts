import { asked, type Call, returned } from './call.ts';
import type { DocumentInEvent, Holder, PasswordRequirements, Tag } from './change.ts';
import { fieldsOf, isTrue, number, tags, text } from './fields.ts';

/** What a record of root's own MFA device has for a user's name, which no user can have: IAM takes no space in one. */
const rootUser = 'AWS ROOT USER';

const userThings = ['user', 'accessKey', 'loginProfile', 'serviceSpecificCredential'];

/** The user's name, as asked for or as IAM answered. */
export function userName(call: Call): string | undefined {
  return asked(call, 'userName') ?? userThings.map((thing) => text(returned(call, thing), 'userName')).find(Boolean);
}

/** Whether a credential is root's own. */
export function isOfRoot(call: Call): boolean {
  return userName(call) === rootUser || (isOwnCredential(call) && call.actor.type === 'Root');
}

/** Whether a credential is the caller's own: IAM takes the caller where the request names no user. */
export function isOwnCredential(call: Call): boolean {
  if (userName(call) !== undefined || call.denied !== undefined) return false;
  // Null parameters are what CreateAccessKey of one's own key has; in the other calls they are a denied call's, and hide the user.
  return call.complete || call.eventName === 'CreateAccessKey';
}

/** The name of the user whose key, password or MFA device it is; undefined where it is root's. */
export function ownerName(call: Call): string | undefined {
  if (isOfRoot(call)) return undefined;
  return userName(call) ?? (isOwnCredential(call) && call.actor.type === 'IAMUser' ? call.actor.name : undefined);
}

/** The group's name. */
export function groupName(call: Call): string | undefined {
  return asked(call, 'groupName') ?? text(returned(call, 'group'), 'groupName');
}

/** The role's name. */
export function roleName(call: Call): string | undefined {
  return asked(call, 'roleName') ?? text(returned(call, 'role'), 'roleName');
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

/** The role that a policy is put on or attached to. */
export function roleHolder(call: Call): Holder | undefined {
  const name = roleName(call);
  return name === undefined ? undefined : { type: 'role', name };
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

/**
 * The password policy that a call sets: it replaces the whole one, and IAM has a default for each field that it leaves out. Undefined
 * where the record does not hold the request.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
 */
export function passwordPolicyOf(call: Call): PasswordRequirements | undefined {
  if (!call.complete && !(call.empty && call.errorCode === undefined)) return undefined;
  const { request } = call;
  return {
    minimumLength: number(request, 'minimumPasswordLength') ?? 6,
    requireSymbols: isTrue(request, 'requireSymbols'),
    requireNumbers: isTrue(request, 'requireNumbers'),
    requireUppercase: isTrue(request, 'requireUppercaseCharacters'),
    requireLowercase: isTrue(request, 'requireLowercaseCharacters'),
  };
}

/** The ARN that a user has since it was given a new path; undefined where the call gives none. */
export function movedUserArn(call: Call, name: string | undefined): string | undefined {
  return arnAt(call, 'user', asked(call, 'newPath'), name);
}

/** The ARN in a denied call's message, where it is of a user, a group or a role. */
export function deniedArn(call: Call, type: 'user' | 'group' | 'role'): string | undefined {
  return call.denied?.type === type ? call.denied.arn : undefined;
}

function builtArn(call: Call, thing: 'user' | 'policy', name: string | undefined): string | undefined {
  // One that exists already may be under another path.
  if (call.errorCode?.startsWith('EntityAlreadyExists')) return undefined;
  return arnAt(call, thing, createdPath(call, thing), name);
}

function arnAt({ account, partition }: Call, thing: 'user' | 'policy', path: string | undefined, name: string | undefined) {
  if (name === undefined || partition === undefined || account === 'unknown') return undefined;
  return path?.startsWith('/') && path.endsWith('/') ? `arn:${partition}:iam::${account}:${thing}${path}${name}` : undefined;
}
