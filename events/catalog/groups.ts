import { asked } from '../call.ts';
import { documentOf, groupHolder, groupName, userName } from '../parameters.ts';
import { group, member, updatedGroup } from '../subjects.ts';
import { type CatalogPart, followed, judged } from './entry.ts';

/** Calls on groups: what they bring, and who is in them. */
export const groupEvents: CatalogPart = {
  PutGroupPolicy: judged('group-changes', group, (c) => ({
    kind: 'inline-policy-put',
    holder: groupHolder(c),
    policyName: asked(c, 'policyName'),
    document: documentOf(c),
  })),
  DeleteGroupPolicy: judged('group-changes', group, (c) => ({
    kind: 'inline-policy-deleted',
    holder: groupHolder(c),
    policyName: asked(c, 'policyName'),
  })),
  AttachGroupPolicy: judged('group-changes', group, (c) => ({
    kind: 'policy-attached',
    holder: groupHolder(c),
    policyArn: asked(c, 'policyArn'),
  })),
  DetachGroupPolicy: judged('group-changes', group, (c) => ({
    kind: 'policy-detached',
    holder: groupHolder(c),
    policyArn: asked(c, 'policyArn'),
  })),

  AddUserToGroup: judged('group-changes', member, (c) => ({ kind: 'group-joined', userName: userName(c), groupName: groupName(c) })),
  RemoveUserFromGroup: judged('group-changes', member, (c) => ({ kind: 'group-left', userName: userName(c), groupName: groupName(c) })),

  // A new group holds nothing and nobody.
  CreateGroup: followed(group, (c) => ({ kind: 'group-created', groupName: groupName(c) })),
  UpdateGroup: judged('group-changes', updatedGroup, (c) => ({
    kind: 'group-updated',
    groupName: groupName(c),
    newName: asked(c, 'newGroupName'),
  })),
  DeleteGroup: judged('group-changes', group, (c) => ({ kind: 'group-deleted', groupName: groupName(c) })),
};
