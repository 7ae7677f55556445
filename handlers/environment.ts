/** What a function is told by its environment. */
export interface Environment {
  /** The guard's own event bus (`EVENT_BUS_NAME`). */
  readonly busName: string;
  /** The account that the guard watches, twelve digits (`ACCOUNT_ID`). */
  readonly account: string;
  /** Names of the roles that the guard's functions run as, and of others whose tags are as good as the guard's (`GUARD_ROLES`). */
  readonly roles: readonly string[];
  /** The FIFO queue of users to judge once more (`JUDGE_AGAIN_QUEUE_URL`). */
  readonly queueUrl: string;
  /** The DynamoDB table of alerts that were told (`ALERT_RECORDS_TABLE`). */
  readonly recordsTable: string;
}

const required = (variables: NodeJS.ProcessEnv, name: string, pattern: RegExp, what: string): string => {
  const value = variables[name];
  if (value === undefined || value === '') throw new Error(`environment variable \`${name}\` is missing: set it to ${what}`);
  if (!pattern.test(value)) throw new Error(`environment variable \`${name}\` is \`${value}\`: set it to ${what}`);
  return value;
};

/** The function's environment, read from its variables. Throws an error that names the variable which is missing or wrong. */
export const readEnvironment = (variables: NodeJS.ProcessEnv): Environment => ({
  busName: required(variables, 'EVENT_BUS_NAME', /^[\w./-]+$/, "the name of the guard's event bus"),
  account: required(variables, 'ACCOUNT_ID', /^\d{12}$/, 'the twelve digits of the account that the guard watches'),
  roles: required(variables, 'GUARD_ROLES', /^[\w+=,.@-]+$/, "the names of the guard's own roles, with commas between")
    .split(',')
    .filter((name) => name !== ''),
  queueUrl: required(variables, 'JUDGE_AGAIN_QUEUE_URL', /^https?:\/\/\S+$/, 'the URL of the FIFO queue of users to judge once more'),
  recordsTable: required(variables, 'ALERT_RECORDS_TABLE', /^[\w.-]{3,255}$/, 'the name of the DynamoDB table of alerts that were told'),
});
