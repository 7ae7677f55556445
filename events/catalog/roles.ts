import { asked } from '../call.ts';
import { documentOf, roleHolder, roleName } from '../parameters.ts';
import { role } from '../subjects.ts';
import { type CatalogPart, followed, judged } from './entry.ts';

/** Calls on roles. What gives a role more is judged; the rest is followed, to know what it holds. */
export const roleEvents: CatalogPart = {
  PutRolePolicy: judged('account-changes', role, (c) => ({
    kind: 'inline-policy-put',
    holder: roleHolder(c),
    policyName: asked(c, 'policyName'),
    document: documentOf(c),
  })),
  AttachRolePolicy: judged('account-changes', role, (c) => ({
    kind: 'policy-attached',
    holder: roleHolder(c),
    policyArn: asked(c, 'policyArn'),
  })),

  DeleteRolePolicy: followed(role, (c) => ({
    kind: 'inline-policy-deleted',
    holder: roleHolder(c),
    policyName: asked(c, 'policyName'),
  })),
  DetachRolePolicy: followed(role, (c) => ({ kind: 'policy-detached', holder: roleHolder(c), policyArn: asked(c, 'policyArn') })),
  CreateRole: followed(role, (c) => ({ kind: 'role-created', roleName: roleName(c) })),
  DeleteRole: followed(role, (c) => ({ kind: 'role-deleted', roleName: roleName(c) })),
};
