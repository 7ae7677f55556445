import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import { accountOfArn, lastPart, resourceOfArn } from './arn.ts';
import type { Actor } from './change.ts';
import { type Fields, fieldsOf, text } from './fields.ts';
import { known } from './known.ts';

type Identity = Pick<Actor, 'name' | 'session'>;

/**
 * Who made the call.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function actorOf(record: CloudTrailRecord): Actor {
  const identity = fieldsOf(record.userIdentity);
  const type = text(identity, 'type') ?? 'Unknown';
  const arn = text(identity, 'arn');
  const accountId = text(identity, 'accountId') ?? accountOfArn(arn);
  const identityCenter = isOfIdentityCenter(type, identity) || undefined;
  return known<Actor>({ type, arn, ...naming(type, identity, arn), accountId, identityCenter });
}

/**
 * By the role's path: only AWS may make roles under `/aws-reserved/`, while anybody may give a role a name that begins like theirs.
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
function isOfIdentityCenter(type: string, identity: Fields): boolean {
  const issuer = text(fieldsOf(fieldsOf(identity.sessionContext).sessionIssuer), 'arn');
  return type === 'AssumedRole' && (resourceOfArn(issuer)?.startsWith('role/aws-reserved/sso.amazonaws.com/') ?? false);
}

function naming(type: string, identity: Fields, arn: string | undefined): { [K in keyof Identity]: Identity[K] | undefined } {
  const issuer = fieldsOf(fieldsOf(identity.sessionContext).sessionIssuer);
  switch (type) {
    case 'IAMUser':
      return { name: text(identity, 'userName') ?? lastPart(resourceOfArn(arn)) };
    case 'Root':
      // A root record's userName is the account's alias, which names nobody.
      return {};
    case 'AssumedRole':
      return { name: text(issuer, 'userName') ?? roleOfSession(arn), session: lastPart(resourceOfArn(arn)) ?? sessionOfId(identity) };
    case 'FederatedUser':
      return { name: text(issuer, 'userName'), session: lastPart(resourceOfArn(arn)) ?? sessionOfId(identity) };
    case 'IdentityCenterUser':
      return { session: text(fieldsOf(identity.onBehalfOf), 'userId') };
    default:
      return { name: text(identity, 'userName') ?? text(identity, 'invokedBy') };
  }
}

/** The role in `assumed-role/ROLE/SESSION`. */
function roleOfSession(arn: string | undefined): string | undefined {
  const [kind, role] = resourceOfArn(arn)?.split('/') ?? [];
  return kind === 'assumed-role' ? role || undefined : undefined;
}

/** The session in a `principalId` of the form `AROA…:SESSION`. */
function sessionOfId(identity: Fields): string | undefined {
  const id = text(identity, 'principalId');
  return id?.includes(':') ? id.slice(id.indexOf(':') + 1) || undefined : undefined;
}
