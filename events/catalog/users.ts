import { asked } from '../call.ts';
import { tags, texts } from '../fields.ts';
import { boundaryOf, createdPath, documentOf, tagsOf, userArn, userHolder, userName } from '../parameters.ts';
import { updatedUser, user } from '../subjects.ts';
import { type CatalogPart, judged } from './entry.ts';

/** Calls on users: what they are, and what they hold themselves. */
export const userEvents: CatalogPart = {
  CreateUser: judged('user-credentials', user, (c) => ({
    kind: 'user-created',
    userName: userName(c),
    arn: userArn(c, userName(c)),
    path: createdPath(c, 'user'),
    tags: tagsOf(c, 'user'),
    boundaryArn: boundaryOf(c),
  })),
  UpdateUser: judged('user-credentials', updatedUser, (c) => ({
    kind: 'user-updated',
    userName: userName(c),
    newName: asked(c, 'newUserName'),
    newPath: asked(c, 'newPath'),
  })),
  DeleteUser: judged('user-credentials', user, (c) => ({ kind: 'user-deleted', userName: userName(c) })),
  TagUser: judged('account-changes', user, (c) => ({ kind: 'user-tagged', userName: userName(c), tags: tags(c.request, 'tags') })),
  UntagUser: judged('account-changes', user, (c) => ({ kind: 'user-untagged', userName: userName(c), keys: texts(c.request, 'tagKeys') })),

  PutUserPolicy: judged('user-permissions', user, (c) => ({
    kind: 'inline-policy-put',
    holder: userHolder(c),
    policyName: asked(c, 'policyName'),
    document: documentOf(c),
  })),
  DeleteUserPolicy: judged('user-permissions', user, (c) => ({
    kind: 'inline-policy-deleted',
    holder: userHolder(c),
    policyName: asked(c, 'policyName'),
  })),
  AttachUserPolicy: judged('user-permissions', user, (c) => ({
    kind: 'policy-attached',
    holder: userHolder(c),
    policyArn: asked(c, 'policyArn'),
  })),
  DetachUserPolicy: judged('user-permissions', user, (c) => ({
    kind: 'policy-detached',
    holder: userHolder(c),
    policyArn: asked(c, 'policyArn'),
  })),
  PutUserPermissionsBoundary: judged('user-permissions', user, (c) => ({
    kind: 'boundary-put',
    userName: userName(c),
    boundaryArn: boundaryOf(c),
  })),
  DeleteUserPermissionsBoundary: judged('user-permissions', user, (c) => ({ kind: 'boundary-deleted', userName: userName(c) })),
};
