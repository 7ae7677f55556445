import { unknownText } from './intrinsics.ts';
import { isObject, type JsonObject, listed } from './values.ts';

/**
 * The identity policy that a data source `aws_iam_policy_document` will give once its unknown values are known, from the
 * blocks in its plan: what is unknown of an action, resource or condition is a text of its own, never a wildcard. Undefined
 * where it is another kind of policy. Other documents that it takes in are judged as data sources of their own.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function plannedStatements(attributes: JsonObject): string | undefined {
  const blocks = listed(attributes.statement).filter(isObject);
  if (blocks.length === 0 || blocks.some((block) => listed(block.principals).length + listed(block.not_principals).length > 0))
    return undefined;
  const { version } = attributes;
  return JSON.stringify({ Version: typeof version === 'string' ? version : '2012-10-17', Statement: blocks.flatMap(statementOf) });
}

/** A Deny of all but something unknown can't be relied on. */
function statementOf(block: JsonObject): object[] {
  const { sid, effect, condition } = block;
  const isDeny = effect === 'Deny';
  const isVague = [block.not_actions, block.not_resources].some((values) => Array.isArray(values) && values.includes(null));
  if (isDeny && isVague) return [];
  return [
    {
      ...(typeof sid === 'string' && sid !== '' ? { Sid: sid } : {}),
      Effect: isDeny ? 'Deny' : 'Allow',
      ...element(block, 'Action', 'actions'),
      ...element(block, 'Resource', 'resources'),
      ...(listed(condition).length > 0 ? { Condition: conditionsOf(listed(condition)) } : {}),
    },
  ];
}

/** A plan leaves out what is unknown, and writes null for what is not set. */
function element(block: JsonObject, name: 'Action' | 'Resource', key: 'actions' | 'resources'): object {
  const negated = block[`not_${key}`];
  if (Array.isArray(negated) && negated.length > 0) return { [`Not${name}`]: negated.map(known) };
  const values = block[key];
  return { [name]: Array.isArray(values) && values.length > 0 ? values.map(known) : [known(undefined)] };
}

function conditionsOf(blocks: readonly unknown[]): object {
  const conditions: Record<string, Record<string, string[]>> = {};
  for (const block of blocks.filter(isObject)) {
    const operator = known(block.test);
    conditions[operator] = {
      ...conditions[operator],
      [known(block.variable)]: Array.isArray(block.values) ? block.values.map(known) : [known(undefined)],
    };
  }
  return conditions;
}

function known(value: unknown): string {
  return typeof value === 'string' ? value : unknownText('unknown').text;
}
