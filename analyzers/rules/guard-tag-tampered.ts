import type { Change, Effect } from '../../events/change.ts';
import { tagKeysUnder } from '../../events/tag-keys.ts';
import { listed } from '../mitigations.ts';
import type { ChangeContext, Flag, Rule } from '../rule.ts';

/** The guard's tags are its word on a user or policy; any other writer makes them lie. Who wrote them is for the caller to know. */
export const guardTagTampered: Rule = {
  id: 'guard-tag-tampered',
  title: "The guard's tags changed by someone else",
  severity: 'high',
  rationale:
    'Reports, alerts and service control policies trust these tags. Whoever changes one hides what a user can do, or lifts the quarantine that hangs on it.',
  remediation: {
    summary:
      'Ask who did it and why; the guard sets the tags right by itself, and a service control policy that lets only its role write them keeps others out',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html',
  },
  references: [
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html',
    'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
    'https://attack.mitre.org/techniques/T1685/',
  ],
  controls: { 'MITRE ATT&CK': ['T1685'] },
  check: { event: ofChange },
};

function ofChange({ effect }: Change, { settings }: ChangeContext): readonly Flag[] {
  const keys = tagKeysUnder(effect, settings.tagPrefix);
  if (keys.length === 0) return [];
  const tags = keys.length === 1 ? "the guard's tag" : `${keys.length} of the guard's tags`;
  return [{ message: `${deedOf(effect)} ${tags}: ${listed(keys)}`, remedies: ['trailguard sweep --apply'] }];
}

function deedOf({ kind }: Effect): string {
  if (kind === 'user-created' || kind === 'policy-created') return 'sets beforehand';
  return kind === 'user-untagged' || kind === 'policy-untagged' ? 'removes' : 'writes';
}
