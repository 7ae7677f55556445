import type { Change } from '../events/change.ts';

/** The AWS CLI commands that take a change back, safe to paste whatever the names hold; none where the event names no target. */
export function undoCommands({ effect, subject }: Change): string[] {
  const command = (...words: (string | undefined)[]): string[] =>
    words.includes(undefined) ? [] : [`aws iam ${words.map((word) => quoted(word ?? '')).join(' ')}`];
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
      return command('delete-user-policy', '--user-name', effect.holder?.name, '--policy-name', effect.policyName);
    case 'policy-attached':
      return command('detach-user-policy', '--user-name', effect.holder?.name, '--policy-arn', effect.policyArn);
    case 'user-created':
      return command('delete-user', '--user-name', effect.userName);
    case 'access-key-created':
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

/** A word for a POSIX shell: as it is where nothing in it is special, in single quotes otherwise. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
