import type { Condition } from './policy.ts';

/**
 * What a condition does to an Allow. `restricting`: it narrows who, where from or what. `open`: it holds for nearly every
 * request. `unknown`: the table does not know the operator or key, so it is not counted on.
 */
export type ConditionEffect = 'restricting' | 'open' | 'unknown';

/** Reads the values of a condition with a positive operator: true where they narrow the requests. */
type Narrows = (values: readonly string[], operator: string) => boolean;

interface KeyFacts {
  /** True where every request of a user carries the key, so that `…IfExists` changes nothing. */
  readonly always?: boolean;
  readonly narrows: Narrows;
}

const never: Narrows = () => false;
const unlessAny: Narrows = (values) => !values.some((value) => /^\*+$/.test(value));
const whenTrue: Narrows = (values) => values.length > 0 && values.every((value) => value.toLowerCase() === 'true');
const addresses: Narrows = (values) => !coversInternet(values);
const anyValue: Narrows = () => true;

/**
 * Condition keys and whether they narrow, keys in lower case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const keyTable: ReadonlyMap<string, KeyFacts> = new Map<string, KeyFacts>([
  ['aws:principalarn', { always: true, narrows: unlessAny }],
  ['aws:principalaccount', { always: true, narrows: unlessAny }],
  ['aws:userid', { always: true, narrows: unlessAny }],
  ['aws:principaltype', { always: true, narrows: never }],
  ['aws:securetransport', { always: true, narrows: never }],
  ['aws:currenttime', { always: true, narrows: never }],
  ['aws:epochtime', { always: true, narrows: never }],
  ['aws:viaawsservice', { always: true, narrows: whenTrue }],
  ['aws:requestedregion', { always: true, narrows: unlessAny }],
  ['aws:sourceip', { always: true, narrows: addresses }],
  ['aws:vpcsourceip', { narrows: addresses }],
  ['aws:sourcevpc', { narrows: unlessAny }],
  ['aws:sourcevpce', { narrows: unlessAny }],
  ['aws:principalorgid', { narrows: unlessAny }],
  ['aws:principalorgpaths', { narrows: unlessAny }],
  ['aws:resourceaccount', { narrows: unlessAny }],
  ['aws:resourceorgid', { narrows: unlessAny }],
  ['aws:resourceorgpaths', { narrows: unlessAny }],
  ['aws:calledvia', { narrows: unlessAny }],
  ['aws:calledviafirst', { narrows: unlessAny }],
  ['aws:calledvialast', { narrows: unlessAny }],
  ['aws:multifactorauthpresent', { narrows: whenTrue }],
  ['aws:multifactorauthage', { narrows: anyValue }],
  ['iam:passedtoservice', { narrows: unlessAny }],
  ['iam:permissionsboundary', { narrows: unlessAny }],
  ['iam:policyarn', { narrows: unlessAny }],
  ['kms:viaservice', { narrows: anyValue }],
  ['kms:calleraccount', { narrows: unlessAny }],
  ['kms:encryptioncontextkeys', { narrows: anyValue }],
  ['kms:grantisforawsresource', { narrows: whenTrue }],
]);

/** Keys with a free part after the last slash or colon: tags of the resource, entries of the encryption context. */
const keyFamilies: readonly (readonly [RegExp, KeyFacts])[] = [
  [/^[a-z0-9-]+:resourcetag\/.+$/, { narrows: unlessAny }],
  [/^kms:encryptioncontext:.+$/, { narrows: anyValue }],
];

/** Operators that a value must meet. Their negated twins hold where the key is missing, so they narrow nothing. */
const positive = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
  'bool',
  'ipaddress',
  'binaryequals',
]);
const negated = new Set([
  'stringnotequals',
  'stringnotequalsignorecase',
  'stringnotlike',
  'arnnotequals',
  'arnnotlike',
  'notipaddress',
  'numericnotequals',
  'datenotequals',
]);
const numeric = new Set(['numericequals', 'numericlessthan', 'numericlessthanequals', 'numericgreaterthan', 'numericgreaterthanequals']);
/** Dates limit when, not what: a grant that ends is a grant until then. */
const dates = new Set(['dateequals', 'datelessthan', 'datelessthanequals', 'dategreaterthan', 'dategreaterthanequals']);

/** What one condition of an Allow statement does to the grant. */
export function conditionEffect(condition: Condition): ConditionEffect {
  if (condition.doubtful) return 'unknown';
  const [, set, operator = '', ifExists] =
    /^(forallvalues:|foranyvalue:)?([a-z]+?)(ifexists)?$/.exec(condition.operator.toLowerCase()) ?? [];
  // True of an empty set: a request without the key passes.
  if (set === 'forallvalues:') return 'open';
  if (negated.has(operator) || dates.has(operator)) return 'open';
  const facts = factsOf(condition.key.toLowerCase());
  if (operator === 'null') return nullEffect(condition, facts);
  if (!facts || !(positive.has(operator) || numeric.has(operator))) return 'unknown';
  if (ifExists && !facts.always) return 'open';
  return facts.narrows(condition.values, operator) ? 'restricting' : 'open';
}

function factsOf(key: string): KeyFacts | undefined {
  return keyTable.get(key) ?? keyFamilies.find(([family]) => family.test(key))?.[1];
}

/** `Null: false` asks that the key be there, which narrows only where it can be missing; `Null: true` asks that it be not. */
function nullEffect(condition: Condition, facts: KeyFacts | undefined): ConditionEffect {
  if (!facts) return 'unknown';
  return !facts.always && condition.values.every((value) => value.toLowerCase() === 'false') ? 'restricting' : 'open';
}

/** True where the IPv4 ranges together are as large as the address space, or a range is all of IPv6. */
function coversInternet(ranges: readonly string[]): boolean {
  let share = 0;
  for (const range of ranges) {
    const [address = '', length] = range.split('/');
    if (length !== undefined && Number(length) === 0) return true;
    if (!address.includes(':') && length !== undefined) share += 2 ** -Number(length);
  }
  return share >= 1;
}
