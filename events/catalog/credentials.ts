import { asked, returned } from '../call.ts';
import { text } from '../fields.ts';
import { ownerName } from '../parameters.ts';
import { credentialOwner } from '../subjects.ts';
import { type CatalogPart, judged } from './entry.ts';

/** Calls on what a user signs in or calls with. */
export const credentialEvents: CatalogPart = {
  CreateLoginProfile: judged('user-credentials', credentialOwner, (c) => ({ kind: 'login-profile-created', userName: ownerName(c) })),
  UpdateLoginProfile: judged('user-credentials', credentialOwner, (c) => ({ kind: 'login-profile-updated', userName: ownerName(c) })),
  DeleteLoginProfile: judged('user-credentials', credentialOwner, (c) => ({ kind: 'login-profile-deleted', userName: ownerName(c) })),

  CreateAccessKey: judged('user-credentials', credentialOwner, (c) => ({
    kind: 'access-key-created',
    userName: ownerName(c),
    accessKeyId: text(returned(c, 'accessKey'), 'accessKeyId'),
    active: text(returned(c, 'accessKey'), 'status') !== 'Inactive',
  })),
  UpdateAccessKey: judged('user-credentials', credentialOwner, (c) => ({
    kind: 'access-key-updated',
    userName: ownerName(c),
    accessKeyId: asked(c, 'accessKeyId'),
    active: asked(c, 'status') === 'Active',
  })),
  DeleteAccessKey: judged('user-credentials', credentialOwner, (c) => ({
    kind: 'access-key-deleted',
    userName: ownerName(c),
    accessKeyId: asked(c, 'accessKeyId'),
  })),
  CreateServiceSpecificCredential: judged('user-credentials', credentialOwner, (c) => ({
    kind: 'service-credential-created',
    userName: ownerName(c),
    credentialId: text(returned(c, 'serviceSpecificCredential'), 'serviceSpecificCredentialId'),
    service: asked(c, 'serviceName') ?? text(returned(c, 'serviceSpecificCredential'), 'serviceName'),
  })),

  EnableMFADevice: judged('user-credentials', credentialOwner, (c) => ({
    kind: 'mfa-enabled',
    userName: ownerName(c),
    serialNumber: asked(c, 'serialNumber'),
  })),
  DeactivateMFADevice: judged('user-credentials', credentialOwner, (c) => ({
    kind: 'mfa-deactivated',
    userName: ownerName(c),
    serialNumber: asked(c, 'serialNumber'),
  })),
};
