import { actionsWhere } from '../../policy/action-set.ts';
import { serviceOf } from '../../policy/catalog/action-catalog.ts';
import { type Grants, grantersOf, holdsAction, reaches, type SourcedStatement, unrestricted } from '../../policy/grants.ts';
import { mayHold } from '../../policy/outline.ts';
import { bySeverity } from '../../schemas/severity.ts';
import { evidenceFor } from '../evidence.ts';
import { fewestGranters, type GrantPart } from '../granters.ts';
import { decryptingActions, type KeyScope, keyScopes } from '../key-scopes.ts';
import { mitigationsOf } from '../mitigations.ts';
import type { Flag, Rule } from '../rule.ts';
import { lowered } from '../severity.ts';

/** The two permissions that turn ciphertext into plain text. ReEncryptTo does not: it only writes. */
const decrypting = ['Decrypt', 'ReEncryptFrom'];

/** Reading everything that is encrypted. */
export const kmsDecryptAllKeys: Rule = {
  id: 'kms-decrypt-all-keys',
  title: 'Decryption with all KMS keys',
  severity: 'high',
  rationale:
    'Encryption protects data from those who may not use the key. Whoever may decrypt with every key reads every secret, volume and bucket that the data permissions let through, and no key policy that trusts the account stands in the way.',
  remediation: {
    summary: 'Name the ARNs of the keys in use; where they cannot be listed, stay within one account and Region',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1',
    'https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html',
  ],
  controls: {
    'Security Hub': ['KMS.1', 'KMS.2'],
    'AWS Config': ['IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS', 'IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS'],
    'NIST 800-53 r5': ['AC-2', 'AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-5', 'AC-6', 'AC-6(3)'],
  },
  check: {
    policy: (all) => {
      if (!mayHold(all, 'kms')) return [];
      const allows = all.allows.filter(mayDecrypt);
      if (allows.length === 0) return [];
      const grants = { ...all, allows };
      const free = unrestricted(grants);
      const ways = keyScopes(grants).flatMap((scope) => [
        wayThrough(free, scope, false),
        ...(free === grants ? [] : [wayThrough(grants, scope, true)]),
      ]);
      const [worst] = ways.filter((way) => way.actions.length > 0).toSorted((a, b) => bySeverity(a.severity, b.severity));
      return worst ? [flag(worst)] : [];
    },
  },
};

function mayDecrypt({ statement }: SourcedStatement): boolean {
  return decryptingActions.some((name) => holdsAction(statement.action, name));
}

/** `kms:decrypt`, as grants are asked for it. */
function actionName(name: string): string {
  return `kms:${name.toLowerCase()}`;
}

/** Which decrypting actions are allowed on a set of keys, and how bad that is. */
interface Way {
  readonly grants: Grants;
  readonly scope: KeyScope;
  readonly actions: readonly string[];
  readonly severity: KeyScope['severity'];
}

function wayThrough(grants: Grants, scope: KeyScope, restricted: boolean): Way {
  const onScope = { ...grants, allows: grants.allows.filter(({ statement }) => reaches(statement.resource, scope.pattern)) };
  const actions = onScope.allows.length === 0 ? [] : decrypting.filter((name) => grantersOf(onScope, actionName(name), scope.pattern));
  return { grants, scope, actions, severity: restricted ? lowered(scope.severity) : scope.severity };
}

function flag({ grants, scope, actions, severity }: Way): Flag {
  const service = serviceOf('kms');
  const parts: GrantPart[] = actions.map((name) => ({
    service,
    scopes: [scope.pattern],
    wanted: actionsWhere(service, (position) => service.names[position] === name),
  }));
  const granters = fewestGranters(grants, parts);
  return {
    severity,
    message: `allows ${actions.map((name) => `kms:${name}`).join(' and ')} on ${scope.name}`,
    evidence: evidenceFor(granters, parts),
    mitigations: mitigationsOf(grants, granters, parts),
    remedies: [
      JSON.stringify({
        Effect: 'Allow',
        Action: actions.map((name) => `kms:${name}`),
        Resource: [`arn:${scope.pattern.split(':')[1]}:kms:REGION:ACCOUNT:key/KEY_ID`],
      }),
    ],
    // KMS.1 itself names all keys of one account and Region as a remedy.
    ...(scope.severity === 'low' ? { controls: {} } : {}),
  };
}
