import { listed } from '../analyzers/mitigations.ts';
import type { Change, Effect } from '../events/change.ts';
import { policyNameOf } from '../iam/policy-names.ts';
import { visible } from '../schemas/visible-text.ts';
import type { ChangedPolicy } from './situation.ts';
import { subjectName } from './who.ts';

/** Whether it was done, or only tried. */
export type Form = 'did' | 'try';

/** What was done, as a verb phrase: `created the policy x` or, for an attempt, `create the policy x`. */
export function deed(change: Change, policy: ChangedPolicy | undefined, form: Form): string {
  const { effect } = change;
  const verb = (past: string, plain: string) => (form === 'did' ? past : plain);
  const subject = subjectName(change);
  const name = (text: string | undefined, otherwise: string) => (text === undefined ? otherwise : visible(text));
  const version = policy?.policy.version === undefined ? 'a new version' : `version ${visible(policy.policy.version)}`;
  switch (effect.kind) {
    case 'policy-created':
      return `${verb('created', 'create')} ${subject}`;
    case 'policy-version-created':
      return form === 'try'
        ? `add a version to ${subject}`
        : `added ${version} to ${subject}${effect.isDefault ? ', in force at once' : ', not in force yet'}`;
    case 'default-version-set':
      return `${verb('switched', 'switch')} ${subject} to ${version}`;
    case 'policy-version-deleted':
      return `${verb('deleted', 'delete')} ${effect.version === undefined ? 'a version' : `version ${visible(effect.version)}`} of ${subject}`;
    case 'policy-deleted':
    case 'user-deleted':
    case 'group-deleted':
      return `${verb('deleted', 'delete')} ${subject}`;
    case 'inline-policy-put':
      return `put ${effect.policyName === undefined ? 'an inline policy' : `the inline policy ${visible(effect.policyName)}`} on ${subject}`;
    case 'inline-policy-deleted':
      return `${verb('took', 'take')} ${effect.policyName === undefined ? 'an inline policy' : `the inline policy ${visible(effect.policyName)}`} off ${subject}`;
    case 'policy-attached':
      return `${verb('attached', 'attach')} ${visible(policy?.policy.name ?? effect.policyArn ?? 'a policy')} to ${subject}`;
    case 'policy-detached':
      return `${verb('detached', 'detach')} ${name(effect.policyArn && policyNameOf(effect.policyArn), 'a policy')} from ${subject}`;
    case 'group-joined':
      return `${verb('added', 'add')} ${subject} to ${name(effect.groupName && `group ${effect.groupName}`, 'a group')}`;
    case 'group-left':
      return `${verb('took', 'take')} ${subject} out of ${name(effect.groupName && `group ${effect.groupName}`, 'a group')}`;
    case 'boundary-put':
      return `set ${name(effect.boundaryArn && policyNameOf(effect.boundaryArn), 'a policy')} as the permissions boundary of ${subject}`;
    case 'boundary-deleted':
      return `${verb('removed', 'remove')} the permissions boundary of ${subject}`;
    case 'user-created':
      return `${verb('created', 'create')} ${change.subject.name === undefined ? subject : `the IAM ${subject}`}`;
    case 'user-updated':
    case 'group-updated':
      return renamed(effect, subject, verb);
    case 'user-tagged':
    case 'policy-tagged':
      return `${verb('wrote', 'write')} ${tags(effect.tags.map(({ key }) => key))} on ${subject}`;
    case 'user-untagged':
    case 'policy-untagged':
      return `${verb('took', 'take')} ${tags(effect.keys)} off ${subject}`;
    default:
      return credentialDeed(effect, subject, form) ?? `${verb('called', 'call')} ${visible(change.eventName)} on ${subject}`;
  }
}

function tags(keys: readonly string[]): string {
  if (keys.length === 0) return 'tags';
  return `the tag${keys.length === 1 ? '' : 's'} ${listed(keys.map(visible))}`;
}

function renamed(
  effect: Extract<Effect, { kind: 'user-updated' | 'group-updated' }>,
  subject: string,
  verb: (past: string, plain: string) => string,
): string {
  const before = effect.kind === 'user-updated' ? effect.userName : effect.groupName;
  if (effect.newName === undefined || before === undefined) return `${verb('changed', 'change')} ${subject}`;
  return `${verb('renamed', 'rename')} ${visible(before)} to ${visible(effect.newName)}`;
}

function credentialDeed(effect: Effect, subject: string, form: Form): string | undefined {
  const verb = (past: string, plain: string) => (form === 'did' ? past : plain);
  switch (effect.kind) {
    case 'access-key-created':
      return `${verb('created', 'create')} an access key for ${subject}`;
    case 'access-key-updated':
      return effect.active
        ? `${verb('activated', 'activate')} an access key of ${subject}`
        : `${verb('deactivated', 'deactivate')} an access key of ${subject}`;
    case 'access-key-deleted':
      return `${verb('deleted', 'delete')} an access key of ${subject}`;
    case 'login-profile-created':
      return `${verb('gave', 'give')} ${subject} a console password`;
    case 'login-profile-updated':
      return `${verb('changed', 'change')} the console password of ${subject}`;
    case 'login-profile-deleted':
      return `${verb('deleted', 'delete')} the console password of ${subject}`;
    case 'service-credential-created':
      return `${verb('created', 'create')} a credential for ${effect.service === undefined ? 'a service' : visible(effect.service)} for ${subject}`;
    case 'mfa-enabled':
      return `${verb('enabled', 'enable')} an MFA device of ${subject}`;
    case 'mfa-deactivated':
      return `${verb('deactivated', 'deactivate')} an MFA device of ${subject}`;
    case 'password-policy-set':
      return `set the password policy of ${subject}`;
    case 'password-policy-deleted':
      return `${verb('deleted', 'delete')} the password policy of ${subject}`;
    default:
      return undefined;
  }
}
