import { asked, type Call, returned } from './call.ts';
import type { Effect, Subject } from './change.ts';
import { tags, text, texts } from './fields.ts';
import { type Draft, known } from './known.ts';
import {
  boundaryOf,
  createdPath,
  documentOf,
  groupHolder,
  groupName,
  isDefault,
  newVersion,
  ownerName,
  policyArn,
  policyName,
  tagsOf,
  userArn,
  userHolder,
  userName,
} from './parameters.ts';
import { credentialOwner, group, member, policy, user } from './subjects.ts';

/** The handlers that judge, each fed by one rule of serverless.yml. */
export const handlerNames = ['policy-changes', 'user-permissions', 'user-credentials'] as const;

/** One of the handlers that judge. */
export type HandlerName = (typeof handlerNames)[number];

/** How one IAM call is read: whom it changes, and what it does to IAM's state. */
export interface CatalogEntry {
  /** Who judges it; undefined where it gives no verdict and is only followed, to know IAM's state when others are judged. */
  readonly handler: HandlerName | undefined;
  readonly subject: (call: Call) => Subject;
  readonly effect: (call: Call) => Effect;
}

const judgedEvents = {
  CreatePolicy: judged('policy-changes', policy, (c) => ({
    kind: 'policy-created',
    arn: policyArn(c),
    name: policyName(c),
    document: documentOf(c),
    tags: tagsOf(c, 'policy'),
  })),
  CreatePolicyVersion: judged('policy-changes', policy, (c) => ({
    kind: 'policy-version-created',
    arn: policyArn(c),
    version: newVersion(c),
    isDefault: isDefault(c),
    document: documentOf(c),
  })),
  SetDefaultPolicyVersion: judged('policy-changes', policy, (c) => ({
    kind: 'default-version-set',
    arn: policyArn(c),
    version: asked(c, 'versionId'),
  })),

  PutUserPolicy: judged('user-permissions', user, (c) => ({
    kind: 'inline-policy-put',
    holder: userHolder(c),
    policyName: asked(c, 'policyName'),
    document: documentOf(c),
  })),
  AttachUserPolicy: judged('user-permissions', user, (c) => ({
    kind: 'policy-attached',
    holder: userHolder(c),
    policyArn: asked(c, 'policyArn'),
  })),

  CreateUser: judged('user-credentials', user, (c) => ({
    kind: 'user-created',
    userName: userName(c),
    arn: userArn(c, userName(c)),
    path: createdPath(c, 'user'),
    tags: tagsOf(c, 'user'),
    boundaryArn: boundaryOf(c),
  })),
  CreateAccessKey: judged('user-credentials', credentialOwner, (c) => ({
    kind: 'access-key-created',
    userName: ownerName(c),
    accessKeyId: text(returned(c, 'accessKey'), 'accessKeyId'),
    active: text(returned(c, 'accessKey'), 'status') !== 'Inactive',
  })),
};

const followedEvents = {
  PutGroupPolicy: followed(group, (c) => ({
    kind: 'inline-policy-put',
    holder: groupHolder(c),
    policyName: asked(c, 'policyName'),
    document: documentOf(c),
  })),
  AttachGroupPolicy: followed(group, (c) => ({ kind: 'policy-attached', holder: groupHolder(c), policyArn: asked(c, 'policyArn') })),
  DetachUserPolicy: followed(user, (c) => ({ kind: 'policy-detached', holder: userHolder(c), policyArn: asked(c, 'policyArn') })),
  DetachGroupPolicy: followed(group, (c) => ({ kind: 'policy-detached', holder: groupHolder(c), policyArn: asked(c, 'policyArn') })),
  DeleteUserPolicy: followed(user, (c) => ({ kind: 'inline-policy-deleted', holder: userHolder(c), policyName: asked(c, 'policyName') })),
  DeleteGroupPolicy: followed(group, (c) => ({
    kind: 'inline-policy-deleted',
    holder: groupHolder(c),
    policyName: asked(c, 'policyName'),
  })),
  DeletePolicy: followed(policy, (c) => ({ kind: 'policy-deleted', arn: policyArn(c) })),
  DeletePolicyVersion: followed(policy, (c) => ({ kind: 'policy-version-deleted', arn: policyArn(c), version: asked(c, 'versionId') })),

  AddUserToGroup: followed(member, (c) => ({ kind: 'group-joined', userName: userName(c), groupName: groupName(c) })),
  RemoveUserFromGroup: followed(member, (c) => ({ kind: 'group-left', userName: userName(c), groupName: groupName(c) })),
  CreateGroup: followed(group, (c) => ({ kind: 'group-created', groupName: groupName(c) })),
  UpdateGroup: followed(group, (c) => ({ kind: 'group-updated', groupName: groupName(c), newName: asked(c, 'newGroupName') })),
  DeleteGroup: followed(group, (c) => ({ kind: 'group-deleted', groupName: groupName(c) })),

  UpdateUser: followed(user, (c) => ({
    kind: 'user-updated',
    userName: userName(c),
    newName: asked(c, 'newUserName'),
    newPath: asked(c, 'newPath'),
  })),
  DeleteUser: followed(user, (c) => ({ kind: 'user-deleted', userName: userName(c) })),
  TagUser: followed(user, (c) => ({ kind: 'user-tagged', userName: userName(c), tags: tags(c.request, 'tags') })),
  UntagUser: followed(user, (c) => ({ kind: 'user-untagged', userName: userName(c), keys: texts(c.request, 'tagKeys') })),
  PutUserPermissionsBoundary: followed(user, (c) => ({ kind: 'boundary-put', userName: userName(c), boundaryArn: boundaryOf(c) })),
  DeleteUserPermissionsBoundary: followed(user, (c) => ({ kind: 'boundary-deleted', userName: userName(c) })),

  UpdateAccessKey: followed(credentialOwner, (c) => ({
    kind: 'access-key-updated',
    userName: ownerName(c),
    accessKeyId: asked(c, 'accessKeyId'),
    active: asked(c, 'status') === 'Active',
  })),
  DeleteAccessKey: followed(credentialOwner, (c) => ({
    kind: 'access-key-deleted',
    userName: ownerName(c),
    accessKeyId: asked(c, 'accessKeyId'),
  })),
  CreateLoginProfile: followed(credentialOwner, (c) => ({ kind: 'login-profile-created', userName: ownerName(c) })),
  DeleteLoginProfile: followed(credentialOwner, (c) => ({ kind: 'login-profile-deleted', userName: ownerName(c) })),
  EnableMFADevice: followed(user, (c) => ({ kind: 'mfa-enabled', userName: userName(c), serialNumber: asked(c, 'serialNumber') })),
  DeactivateMFADevice: followed(credentialOwner, (c) => ({
    kind: 'mfa-deactivated',
    userName: ownerName(c),
    serialNumber: asked(c, 'serialNumber'),
  })),
};

/**
 * Every IAM call that the guard knows, by its event name. It has no prototype: `constructor` is no event.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
export const catalog: Readonly<Record<string, CatalogEntry>> = Object.freeze(
  Object.assign(Object.create(null), judgedEvents, followedEvents),
);

/** The names of the events that a handler judges: what its pattern in serverless.yml must name. */
export function eventsOf(handler: HandlerName): string[] {
  return Object.keys(catalog).filter((name) => catalog[name]?.handler === handler);
}

type EffectReader = (call: Call) => Draft<Effect>;

function judged(handler: HandlerName, subject: CatalogEntry['subject'], effect: EffectReader): CatalogEntry {
  return { handler, subject, effect: (call) => known<Effect>(effect(call)) };
}

function followed(subject: CatalogEntry['subject'], effect: EffectReader): CatalogEntry {
  return { handler: undefined, subject, effect: (call) => known<Effect>(effect(call)) };
}
