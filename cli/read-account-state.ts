import { visible } from '../schemas/visible-text.ts';
import { readJsonFile } from './read-json-file.ts';
import { UsageError } from './usage-error.ts';

/** An account as `aws iam get-account-authorization-details` answers it, with the account's id as its ARNs tell it. */
export interface AccountState {
  readonly account: string;
  readonly details: unknown;
}

const lists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'];

/** Reads the answer of `aws iam get-account-authorization-details` from a file that an option names. Throws a `UsageError` where it is none. */
export async function readAccountState(path: string, option = '--state'): Promise<AccountState> {
  const details = await readJsonFile(option, path);
  const account = entitiesOf(details)
    .map(accountOf)
    .find((found) => found !== undefined);
  if (account === undefined) {
    throw new UsageError(
      `${option} \`${visible(path)}\`: not the answer of \`aws iam get-account-authorization-details\`: no ARN of an account in it`,
    );
  }
  return { account, details };
}

function entitiesOf(details: unknown): unknown[] {
  if (typeof details !== 'object' || details === null) return [];
  return Object.entries(details).flatMap(([name, list]) => (lists.includes(name) && Array.isArray(list) ? list : []));
}

function accountOf(entity: unknown): string | undefined {
  const arn = typeof entity === 'object' && entity !== null && 'Arn' in entity ? entity.Arn : undefined;
  return typeof arn === 'string' ? /^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1] : undefined;
}
