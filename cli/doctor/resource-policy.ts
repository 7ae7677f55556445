import { matcherOf } from '../../policy/wildcards.ts';

/** A statement of the policy of a function or a queue, as far as it lets EventBridge in. */
interface Statement {
  readonly Effect?: string;
  readonly Principal?: string | { readonly Service?: string | readonly string[] };
  readonly Action?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A resource's policy; none where the text is missing. */
export function statementsOf(policy: string | undefined): readonly Statement[] {
  if (policy === undefined || policy === '') return [];
  const { Statement: statements = [] } = JSON.parse(policy) as { Statement?: Statement | readonly Statement[] };
  return [statements].flat();
}

/** Whether EventBridge may do an action for a rule by a resource's policy. A Deny is not looked for: the stack writes none. */
export function letsRuleIn(statements: readonly Statement[], action: string, rule: string): boolean {
  return statements.some(
    (statement) =>
      statement.Effect === 'Allow' && isEventBridge(statement) && allows(statement, action) && sourcesOf(statement).every((at) => at(rule)),
  );
}

function isEventBridge({ Principal }: Statement): boolean {
  if (Principal === '*') return true;
  return typeof Principal === 'object' && [Principal.Service ?? []].flat().includes('events.amazonaws.com');
}

function allows({ Action = [] }: Statement, action: string): boolean {
  const service = action.slice(0, action.indexOf(':'));
  return [Action].flat().some((each) => [action.toLowerCase(), `${service}:*`, '*'].includes(each.toLowerCase()));
}

/** What a statement asks of the caller's ARN; a condition on anything else (the account) is met by rules of the account. */
function sourcesOf({ Condition = {} }: Statement): ((arn: string) => boolean)[] {
  return Object.values(Condition)
    .flatMap((keys) => Object.entries(keys))
    .filter(([key]) => key.toLowerCase() === 'aws:sourcearn')
    .map(
      ([, values]) =>
        (arn) =>
          [values].flat().some((pattern) => matcherOf(pattern)(arn)),
    );
}
