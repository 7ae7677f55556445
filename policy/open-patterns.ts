import { leavesServiceOpen, longestWord, servicesWith } from './arn-service.ts';
import { serviceCount } from './catalog/action-catalog.ts';
import { actionElement, type Place, resourcesOf } from './elements.ts';
import { locate } from './locate.ts';
import { partitionsIn } from './partitions.ts';
import { actionPattern, type Pattern } from './pattern.ts';
import type { Policy, Statement } from './policy.ts';

type Part = 'action' | 'resource';

/**
 * With more patterns than this whose service is open (`*:*xaa*`, `arn:*:*aa*`), they are read at their worst instead of being compared with
 * all there is. None of AWS's managed policies has such a pattern but `*`.
 */
const mostOpen = 16;

/** As `mostOpen`, of different ones. IAM refuses such actions on write, and they are compared with every action of the catalog. */
const mostDifferent: Readonly<Record<Part, number>> = { action: 4, resource: mostOpen };

/** As `mostOpen`, of their characters together. */
const mostOpenText = 500;

/** As `mostOpen`, of different ones times the document's statements: each service that is asked about is asked about in each of these. */
const mostInStatements: Readonly<Record<Part, number>> = { action: 8, resource: 64 };

/** As `mostInStatements`, of resources where an Allow is of actions of every service, so that each of these is asked about in each partition. */
const mostOfEveryService = 16;

/** What comparing such resources with the ARN forms of services may cost: a resource that is compared with all of them, in one partition. */
const mostCompared = serviceCount;

/** What each such resource beside another adds: escalation paths are looked for on each. */
const eachMore = 150;

const parts: readonly Part[] = ['action', 'resource'];
const effects: readonly Statement['effect'][] = ['Allow', 'Deny'];

/** A policy whose open patterns are few: the policy itself, or one that reads them at their worst, with a problem that says so. */
export function withFewOpenPatterns(policy: Policy, text: string): Policy {
  if (!policy.statements.some(mayHaveOpen)) return policy;
  return effects.flatMap((effect) => parts.map((part) => ({ effect, part }))).reduce((read, side) => withFew(read, side, text), policy);
}

function mayHaveOpen({ action, resource }: Statement): boolean {
  return (!action.isStar && action.runs.some(({ service }) => service === undefined)) || resource.patterns.some(isOpen.resource);
}

function withFew(policy: Policy, { effect, part }: { effect: Statement['effect']; part: Part }, text: string): Policy {
  const open = isOpen[part];
  const different = new Set<string>();
  let count = 0;
  let length = 0;
  let first: Statement | undefined;
  for (const statement of policy.statements) {
    if (statement.effect !== effect) continue;
    for (const pattern of statement[part].patterns) {
      if (!open(pattern)) continue;
      different.add(pattern.glob);
      count++;
      length += pattern.glob.length;
      first ??= statement;
    }
  }
  if (!first) return policy;
  const few = count <= mostOpen && different.size <= mostDifferent[part] && length <= mostOpenText;
  if (few && different.size * policy.statements.length <= mostInStatements[part] && (part === 'action' || isSoonAsked(policy, different)))
    return policy;
  const pointer = `${first.pointer}/${first[part].name}`;
  const message = `${part}s that leave the service open are too many, too long or say too little to be compared, and are read at their worst: write the service out`;
  const { line, column } = locate(text)(pointer) ?? { line: 1, column: 1 };
  return {
    ...policy,
    statements: policy.statements.flatMap((statement) => (statement.effect === effect ? atWorst(statement, part) : [statement])),
    problems: [...policy.problems, { message, pointer, line, column }],
  };
}

/** False where an Allow is of actions of every service, and comparing each of these with the open resources takes long. */
function isSoonAsked(policy: Policy, ofSide: ReadonlySet<string>): boolean {
  const { statements } = policy;
  if (!statements.some(isOfEveryService)) return true;
  const { length } = partitionsIn([{ policy }]);
  if (ofSide.size * statements.length * length > mostOfEveryService) return false;
  const open = new Set(statements.flatMap(({ resource }) => resource.patterns.filter(isOpen.resource).map(({ glob }) => glob)));
  let compared = eachMore * (open.size - 1) * length;
  for (const glob of open) compared += costOf(glob) * length;
  return compared <= mostCompared;
}

/** Of how many services the forms are compared with an open resource. */
function costOf(glob: string): number {
  const services = plainlyAll.test(glob) ? serviceCount : servicesByWord(longestWord(glob));
  // What a `?` takes depends on both sides: such a comparison takes several times as long.
  return glob.includes('?') ? 4 * services : services;
}

/** As people write what they mean by all, some with parts left empty. */
const plainlyAll = /^arn:[^:]*(:\*?){0,3}:\*$/;

/** What tells services apart by a letter or a colon has as many groups as what has a word, each asked about by itself in several ways. */
function servicesByWord(word: string): number {
  return word === '' ? 2 * serviceCount : 6 * servicesWith(word).size;
}

function isOfEveryService({ action, effect }: Statement): boolean {
  return effect === 'Allow' && (action.negated || action.runs.some(({ service }) => service === undefined));
}

const isOpen: Readonly<Record<Part, (pattern: Pattern) => boolean>> = {
  action: ({ service, glob }) => service === undefined && glob !== '*',
  resource: ({ glob, wild }) => wild && glob !== '*' && leavesServiceOpen(glob),
};

/** An Allow whose open patterns hold all that they could; of a Deny, what is left where they hold nothing. */
function atWorst(statement: Statement, part: Part): Statement[] {
  const element = statement[part];
  const closed = element.patterns.filter((pattern) => !isOpen[part](pattern));
  if (closed.length === element.patterns.length) return [statement];
  const allows = statement.effect === 'Allow';
  const left = element.negated === allows ? closed : [];
  if (left.length > 0) return [withPatterns(statement, part, element, left)];
  return allows ? [withPatterns(statement, part, { name: element.name, negated: false, scalar: true }, [anything])] : [];
}

const anything = actionPattern('*');

function withPatterns(statement: Statement, part: Part, place: Place, patterns: readonly Pattern[]): Statement {
  if (part === 'resource') return { ...statement, resource: resourcesOf(place, patterns) };
  return { ...statement, action: actionElement({ ...place, texts: patterns.map(({ text }) => text) }) };
}
