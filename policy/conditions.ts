import type { Condition } from './policy.ts';
import { remembered } from './remembered.ts';
import { covers } from './wildcards.ts';

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
  /** True where a request that carries the key at all is a narrower kind of request, so that `Null: false` narrows. */
  readonly telling?: boolean;
  readonly narrows: Narrows;
}

const never: Narrows = () => false;
/** Narrows unless one of the values takes in every text of the form: `*`, but also `arn:aws:iam::*` for a user's ARN. */
const unlessAny =
  (form = '?*'): Narrows =>
  (values) =>
    !values.some((value) => covers(value, form) || covers(value, '*'));
const whenTrue: Narrows = (values) => values.every((value) => value.toLowerCase() === 'true');
const addresses: Narrows = (values) => !coversInternet(values);
const anyValue: Narrows = () => true;

const accountId = '?'.repeat(12);
/** The holders of a policy are of one account, so naming it narrows nothing. */
const inAnyAccount = (value: string) => value.replace(/::\d{12}:/, `::${accountId}:`);
const principalService = '?*.amazonaws.com';

/**
 * Condition keys and whether they narrow, keys in lower case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const keyTable: ReadonlyMap<string, KeyFacts> = new Map<string, KeyFacts>([
  [
    'aws:principalarn',
    { always: true, narrows: (values, operator) => unlessAny(`arn:aws:iam::${accountId}:user/?*`)(values.map(inAnyAccount), operator) },
  ],
  // Whoever holds the policy is of one account: the condition holds for all of them, or for none.
  ['aws:principalaccount', { always: true, narrows: never }],
  ['aws:userid', { always: true, narrows: unlessAny('AIDA?*') }],
  ['aws:principaltype', { always: true, narrows: never }],
  ['aws:securetransport', { always: true, narrows: never }],
  ['aws:currenttime', { always: true, narrows: never }],
  ['aws:epochtime', { always: true, narrows: never }],
  ['aws:tokenissuetime', { narrows: never }],
  ['aws:viaawsservice', { always: true, narrows: whenTrue }],
  ['aws:requestedregion', { always: true, narrows: unlessAny('?*-?*-?*') }],
  // Absent from requests through a VPC endpoint.
  ['aws:sourceip', { narrows: addresses }],
  ['aws:vpcsourceip', { telling: true, narrows: addresses }],
  ['aws:sourcevpc', { telling: true, narrows: unlessAny('vpc-?*') }],
  ['aws:sourcevpce', { telling: true, narrows: unlessAny('vpce-?*') }],
  ['aws:principalorgid', { narrows: unlessAny('o-?*') }],
  ['aws:principalorgpaths', { narrows: unlessAny('o-?*/r-?*/?*') }],
  ['aws:resourceaccount', { narrows: unlessAny(accountId) }],
  ['aws:resourceorgid', { narrows: unlessAny('o-?*') }],
  ['aws:resourceorgpaths', { narrows: unlessAny('o-?*/r-?*/?*') }],
  ['aws:calledvia', { telling: true, narrows: unlessAny(principalService) }],
  ['aws:calledviafirst', { narrows: unlessAny(principalService) }],
  ['aws:calledvialast', { narrows: unlessAny(principalService) }],
  ['aws:multifactorauthpresent', { narrows: whenTrue }],
  ['aws:multifactorauthage', { telling: true, narrows: anyValue }],
  ['iam:passedtoservice', { narrows: unlessAny(principalService) }],
  ['iam:permissionsboundary', { telling: true, narrows: unlessAny('arn:aws:iam::?*:policy/?*') }],
  ['iam:policyarn', { narrows: unlessAny('arn:aws:iam::?*:policy/?*') }],
  ['kms:viaservice', { telling: true, narrows: anyValue }],
  ['kms:calleraccount', { narrows: unlessAny(accountId) }],
  ['kms:encryptioncontextkeys', { telling: true, narrows: anyValue }],
  ['kms:grantisforawsresource', { narrows: whenTrue }],
]);

/** Keys with a free part after the last slash or colon: tags of the resource, entries of the encryption context. */
const keyFamilies: readonly (readonly [RegExp, KeyFacts])[] = [
  [/^[a-z0-9-]+:resourcetag\/.+$/, { telling: true, narrows: unlessAny() }],
  [/^kms:encryptioncontext:.+$/, { telling: true, narrows: anyValue }],
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
  if (condition.doubtful || condition.values.length === 0) return 'unknown';
  const { set, kind, operator, ifExists } = readOperator(condition.operator);
  const { itself, facts } = readKey(condition.key);
  if (!facts || kind === 'unknown') return 'unknown';
  if (kind === 'presence') return presenceEffect(condition, facts);
  // A `ForAllValues:` is true of an empty set: a request without the key passes.
  if (set === 'forallvalues:' || kind === 'open') return 'open';
  if (ifExists && !facts.always) return 'open';
  // `"aws:PrincipalArn": "${aws:PrincipalArn}"` compares a key with itself.
  if (condition.values.some((value) => value.startsWith('$') && value.toLowerCase() === itself)) return 'open';
  return facts.narrows(condition.values, operator) ? 'restricting' : 'open';
}

interface Operator {
  readonly set: string;
  readonly operator: string;
  /** `comparing`: a value must be met. `open`: it narrows nothing, whatever the values. `presence`: it asks whether the key is there. */
  readonly kind: 'comparing' | 'open' | 'presence' | 'unknown';
  readonly ifExists: boolean;
}

const readOperator = remembered((text): Operator => {
  const [, set = '', operator = '', ifExists] = /^(forallvalues:|foranyvalue:)?([a-z]+?)(ifexists)?$/.exec(text.toLowerCase()) ?? [];
  return { set, operator, kind: kindOf(operator), ifExists: ifExists !== undefined };
}, 1_000);

function kindOf(operator: string): Operator['kind'] {
  if (operator === 'null') return 'presence';
  if (negated.has(operator) || dates.has(operator)) return 'open';
  return positive.has(operator) || numeric.has(operator) ? 'comparing' : 'unknown';
}

interface Key {
  /** As a variable that stands for its value, in lower case. */
  readonly itself: string;
  /** Undefined where the table does not know the key. */
  readonly facts: KeyFacts | undefined;
}

const readKey = remembered((text): Key => {
  const key = text.toLowerCase();
  return { itself: `\${${key}}`, facts: keyTable.get(key) ?? keyFamilies.find(([family]) => family.test(key))?.[1] };
}, 1_000);

/** `Null: false` asks that the key be there; `Null: true`, that it be not. */
function presenceEffect({ values }: Condition, facts: KeyFacts): ConditionEffect {
  return facts.telling && values.every((value) => value.toLowerCase() === 'false') ? 'restricting' : 'open';
}

/** True where the ranges of one family together are half of its address space or more, or one can't be read. */
function coversInternet(ranges: readonly string[]): boolean {
  const share = { v4: 0, v6: 0 };
  for (const range of ranges) {
    const [, address = '', length] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(range) ?? [];
    if (address === '') return true;
    const family = address.includes(':') ? 'v6' : 'v4';
    share[family] += 2 ** -Number(length ?? (family === 'v6' ? 128 : 32));
  }
  return share.v4 >= 0.5 || share.v6 >= 0.5;
}
