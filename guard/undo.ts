import { iamCommand } from '../analyzers/aws-command.ts';
import type { Change, Holder } from '../events/change.ts';

/** The AWS CLI commands that take a change back, safe to paste whatever the names hold; none where the event names no target. */
export function undoCommands({ effect, subject }: Change): string[] {
  const command = (...words: (string | undefined)[]): string[] => (words.every((word) => word !== undefined) ? [iamCommand(...words)] : []);
  switch (effect.kind) {
    case 'policy-created':
      return command('delete-policy', '--policy-arn', effect.arn);
    case 'policy-version-created':
      return [
        ...(effect.isDefault ? command('set-default-policy-version', '--policy-arn', effect.arn, '--version-id', 'PREVIOUS_VERSION') : []),
        ...command('delete-policy-version', '--policy-arn', effect.arn, '--version-id', effect.version),
      ];
    case 'default-version-set':
      return command('set-default-policy-version', '--policy-arn', effect.arn, '--version-id', 'PREVIOUS_VERSION');
    case 'inline-policy-put':
      return ofHolder(effect.holder, (type, name) =>
        command(`delete-${type}-policy`, `--${type}-name`, name, '--policy-name', effect.policyName),
      );
    case 'policy-attached':
      return ofHolder(effect.holder, (type, name) =>
        command(`detach-${type}-policy`, `--${type}-name`, name, '--policy-arn', effect.policyArn),
      );
    case 'group-joined':
      return command('remove-user-from-group', '--group-name', effect.groupName, '--user-name', effect.userName);
    case 'boundary-deleted':
      return command('put-user-permissions-boundary', '--user-name', effect.userName, '--permissions-boundary', 'PREVIOUS_BOUNDARY_ARN');
    case 'login-profile-created':
      return command('delete-login-profile', '--user-name', effect.userName ?? subject.name);
    case 'service-credential-created':
      return command(
        'update-service-specific-credential',
        '--user-name',
        effect.userName ?? subject.name,
        '--service-specific-credential-id',
        effect.credentialId,
        '--status',
        'Inactive',
      );
    case 'user-created':
      return command('delete-user', '--user-name', effect.userName);
    case 'access-key-created':
    case 'access-key-updated':
      if (!effect.active) return [];
      return command(
        'update-access-key',
        '--user-name',
        effect.userName ?? subject.name,
        '--access-key-id',
        effect.accessKeyId,
        '--status',
        'Inactive',
      );
    default:
      return [];
  }
}

function ofHolder(holder: Holder | undefined, commands: (type: Holder['type'], name: string) => string[]): string[] {
  return holder ? commands(holder.type, holder.name) : [];
}
