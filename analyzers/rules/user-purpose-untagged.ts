import { activeKeys } from '../access-keys.ts';
import { iamCommand } from '../aws-command.ts';
import { listed } from '../mitigations.ts';
import type { Posture } from '../posture.ts';
import type { Flag, Rule } from '../rule.ts';
import type { Settings } from '../settings.ts';

/** A key that works, and no word of what for. Purpose tags are those that the configuration names; each is asked for. */
export const userPurposeUntagged: Rule = {
  id: 'user-purpose-untagged',
  title: 'Access keys without a stated purpose',
  severity: 'low',
  optIn: true,
  rationale:
    'Nobody dares to rotate or delete a key that might be in use somewhere. A tag that says where, and for whom, is what makes the next rotation or the next incident a matter of minutes.',
  remediation: {
    summary: 'Tag the user with what its keys are for and where they are used',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_users.html',
  },
  references: ['https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-25'],
  controls: { 'Security Hub': ['IAM.25'] },
  check: { user: purposeMissing },
};

/** IAM compares the tag keys of users without case. */
function purposeMissing(posture: Posture, { purposeTags }: Settings): readonly Flag[] {
  const present = new Set(Object.keys(posture.tags).map((key) => key.toLowerCase()));
  const missing = purposeTags.filter((key) => !present.has(key.toLowerCase()));
  if (missing.length === 0 || activeKeys(posture).length === 0) return [];
  const tags = missing.map((key) => JSON.stringify({ Key: key, Value: 'WHERE_THE_KEY_IS_USED' }));
  return [
    {
      message: `holds an active access key, and no tag that says what for: ${listed(missing)}`,
      remedies: [iamCommand('tag-user', '--user-name', posture.userName, '--tags', `[${tags.join(',')}]`)],
    },
  ];
}
