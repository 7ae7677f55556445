/** A JSON object of unknown content. */
type Json = Readonly<Record<string, unknown>>;

/** A policy document in authorization details, by the name or version it goes by. */
interface DetailDocument {
  readonly name: string;
  readonly text: string;
}

/** A user, group or role in authorization details. */
export interface HolderDetail {
  readonly name: string;
  readonly inline: readonly DetailDocument[];
  readonly attached: readonly string[];
}

/** A user in authorization details. */
interface UserDetail extends HolderDetail {
  readonly arn: string;
  readonly path: string;
  readonly createdAt?: string;
  readonly groups: readonly string[];
  readonly boundaryArn?: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** A managed policy in authorization details; `versions` go by their ids. */
interface PolicyDetail {
  readonly arn: string;
  readonly defaultVersion: string;
  readonly versions: readonly DetailDocument[];
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** What `aws iam get-account-authorization-details` tells of users, groups, roles and managed policies. */
export interface AuthorizationDetails {
  readonly users: readonly UserDetail[];
  readonly groups: readonly HolderDetail[];
  readonly roles: readonly HolderDetail[];
  readonly policies: readonly PolicyDetail[];
}

/**
 * Reads the output of `aws iam get-account-authorization-details`; documents may be objects, as the CLI prints them, or
 * URL-encoded text. Throws with the place where the value has another shape, or where it is one page of several.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export function readAuthorizationDetails(value: unknown): AuthorizationDetails {
  const details = object(value, '');
  if (details.IsTruncated === true || details.NextToken != null) {
    throw new Error('the authorization details are only the first page: run the command again without `--max-items` and `--no-paginate`');
  }
  return {
    users: list(details, 'UserDetailList', '', userDetail),
    groups: list(details, 'GroupDetailList', '', (group, at) => holderDetail(group, 'GroupName', 'GroupPolicyList', at)),
    roles: optional(details, 'RoleDetailList', '', (role, at) => holderDetail(role, 'RoleName', 'RolePolicyList', at)),
    policies: list(details, 'Policies', '', policyDetail),
  };
}

function userDetail(user: Json, at: string): UserDetail {
  const boundary = user.PermissionsBoundary;
  const created = user.CreateDate;
  return {
    ...holderDetail(user, 'UserName', 'UserPolicyList', at),
    arn: text(user, 'Arn', at),
    path: text(user, 'Path', at),
    ...(typeof created === 'string' ? { createdAt: created } : {}),
    groups: strings(user, 'GroupList', at),
    ...(boundary == null ? {} : { boundaryArn: boundaryArn(boundary, `${at}/PermissionsBoundary`) }),
    tags: optional(user, 'Tags', at, tag),
  };
}

function boundaryArn(boundary: unknown, at: string): string {
  return text(object(boundary, at), 'PermissionsBoundaryArn', at);
}

function holderDetail(holder: Json, nameKey: string, policiesKey: string, at: string): HolderDetail {
  return {
    name: text(holder, nameKey, at),
    inline: optional(holder, policiesKey, at, (policy, place) => ({
      name: text(policy, 'PolicyName', place),
      text: document(policy, 'PolicyDocument', place),
    })),
    attached: optional(holder, 'AttachedManagedPolicies', at, (policy, place) => text(policy, 'PolicyArn', place)),
  };
}

function policyDetail(policy: Json, at: string): PolicyDetail {
  return {
    arn: text(policy, 'Arn', at),
    defaultVersion: text(policy, 'DefaultVersionId', at),
    versions: optional(policy, 'PolicyVersionList', at, (version, place) => ({
      name: text(version, 'VersionId', place),
      text: document(version, 'Document', place),
    })),
    tags: optional(policy, 'Tags', at, tag),
  };
}

function tag(value: Json, at: string): { key: string; value: string } {
  return { key: text(value, 'Key', at), value: text(value, 'Value', at) };
}

function document(holder: Json, key: string, at: string): string {
  const value = holder[key];
  return typeof value === 'string' ? value : JSON.stringify(object(value, `${at}/${key}`));
}

function optional<Item>(holder: Json, key: string, at: string, read: (item: Json, at: string) => Item): Item[] {
  return holder[key] === undefined ? [] : list(holder, key, at, read);
}

function list<Item>(holder: Json, key: string, at: string, read: (item: Json, at: string) => Item): Item[] {
  const value = holder[key];
  if (!Array.isArray(value)) throw wrong(`${at}/${key}`, 'a list');
  return value.map((item: unknown, index) => read(object(item, `${at}/${key}/${index}`), `${at}/${key}/${index}`));
}

function strings(holder: Json, key: string, at: string): string[] {
  const value = holder[key] ?? [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw wrong(`${at}/${key}`, 'a list of text');
  return value;
}

function text(holder: Json, key: string, at: string): string {
  const value = holder[key];
  if (typeof value !== 'string') throw wrong(`${at}/${key}`, 'text');
  return value;
}

function object(value: unknown, at: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(at, 'an object');
  return { ...value };
}

function wrong(pointer: string, expected: string): Error {
  return new Error(
    `the authorization details lack ${expected} at \`${pointer || '/'}\`: give the output of \`aws iam get-account-authorization-details\``,
  );
}
