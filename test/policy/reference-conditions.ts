import type { Written } from './documents.ts';
import { isAllowed } from './reference.ts';

/** What a request brings to conditions: values by condition key. A key that is missing is not in the request. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** One request: an action, the resource it is for, and what conditions may ask of it. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

type Compare = (value: string, wanted: string) => boolean;

const operators: Readonly<Record<string, Compare>> = {
  StringEquals: (value, wanted) => value === wanted,
  StringEqualsIgnoreCase: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  ArnLike: (arn, pattern) => {
    const [parts, patterns] = [partsOf(arn), partsOf(pattern)];
    return parts.length === patterns.length && parts.every((part, index) => matches(patterns[index] ?? '', part));
  },
};

/** The six parts of an ARN: wildcards of an ARN operator stay within theirs, unlike those of `Resource`. */
function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('?', '.').replaceAll('*', '.*')}$`).test(text);
}

function holds(operator: string, value: string | readonly string[] | undefined, wanted: readonly string[]): boolean {
  const [set, name] = operator.includes(':') ? operator.split(':') : ['', operator];
  const negated = name?.includes('Not') ?? false;
  const compare = operators[name?.replace('Not', '') ?? ''];
  if (compare === undefined || !['', 'ForAnyValue'].includes(set ?? '')) throw new Error(`the reference does not know \`${operator}\``);
  const one = (text: string) => wanted.some((want) => compare(text, want)) !== negated;
  // A key that is not in the request: `ForAnyValue` and plain operators fail, negated ones hold.
  if (value === undefined) return negated && set === '';
  if (set === '' && typeof value !== 'string') throw new Error(`\`${operator}\` compares a key of many values without a set operator`);
  return [value].flat().some(one);
}

/** True where every condition of a statement holds for the request. Condition keys have no case. */
export function conditionsHold(statement: Written, context: RequestContext): boolean {
  const values = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  const blocks = (statement.Condition ?? {}) as Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  return Object.entries(blocks).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, values.get(key.toLowerCase()), [wanted].flat())),
  );
}

const everything: Written = { Effect: 'Allow', Action: '*', Resource: '*' };

/** True where a service control policy, beside AWS's FullAWSAccess, lets an administrator's request through. */
export function passes(controls: readonly Written[], { action, resource, context }: Request): boolean {
  const applying = controls.filter((statement) => conditionsHold(statement, context));
  return isAllowed({ own: [everything], boundary: [everything, ...applying] }, action, resource);
}
