import type { Service } from '../policy/catalog/action-catalog.ts';
import { onceForEachPair } from '../policy/remembered.ts';
import { holds, type Verb, verbsIn, wordsOf } from './action-verbs.ts';
import { escalationPaths } from './escalation/paths.ts';

/**
 * Statements to start from instead of `service:*`, on resources that the author fills in: one that reads and lists, and one that
 * writes, but neither takes away, nor manages permissions, nor makes the caller more than it is. What cannot be told apart
 * stands as `ACTION_IN_USE`. Together they are never every action of a service of three or more.
 */
export function narrowerStatements(service: Service, partition = 'aws'): readonly string[] {
  return written(service, partition);
}

const written = onceForEachPair(write);

function write(service: Service, partition: string): string[] {
  const Resource = exampleArns(service).map((arn) => arn.replace('{p}', partition));
  const statement = (sid: string, names: readonly string[]) =>
    JSON.stringify({ Sid: sid, Effect: 'Allow', Action: names.map((name) => `${service.prefix}:${name}`), Resource });
  const { reading, writing } = split(service);
  const called = inWords(service.prefix);
  if (reading.length + writing.length === 0) return [statement(`Use${called}`, [placeholder])];
  return [
    ...(reading.length > 0 ? [statement(`Read${called}`, reading)] : []),
    ...(writing.length > 0 ? [statement(`Write${called}ExceptPermissionsAndDeletion`, writing)] : []),
  ];
}

const placeholder = 'ACTION_IN_USE';

/** What a service's statements name. */
interface Named {
  readonly reading: readonly string[];
  readonly writing: readonly string[];
}

/** The widest that is not the whole service again: patterns, then plain names, then all but one of them. */
function split(service: Service): Named {
  const { prefix, names, levels } = service;
  const reads = (at: number) => levels[at] === 'Read' || levels[at] === 'List';
  const safe = (name: string) => isName(name) && !escalating.has(`${prefix}:${name}`) && !has(name, becoming);
  const reading = verbsIn(names, (name, at) => reads(at) && safe(name));
  const writing = verbsIn(names, (name, at) => levels[at] === 'Write' && safe(name) && !has(name, takingAway));
  const [readPatterns, writePatterns] = [reading.map(patternOf), writing.map(patternOf)];
  const [readNames, writeNames] = [reading.map(plainestOf), writing.map(plainestOf)];
  const fewer =
    readNames.length > writeNames.length
      ? { reading: readNames.slice(0, -1), writing: writeNames }
      : { reading: readNames, writing: writeNames.slice(0, -1) };
  const tries = [
    { reading: readPatterns, writing: writePatterns },
    { reading: readPatterns, writing: writeNames },
    { reading: readNames, writing: writeNames },
  ];
  return tries.find((named) => !isWhole(service, named)) ?? fewer;
}

/** True where a service that changes something is named whole. */
function isWhole({ names }: Service, { reading, writing }: Named): boolean {
  const patterns = [...reading, ...writing];
  return writing.length > 0 && names.length > fewestOfWhole && names.every((name) => patterns.some((pattern) => holds(pattern, name)));
}

const patternOf = ({ pattern }: Verb) => pattern;
const plainestOf = ({ plainest }: Verb) => plainest;

/** So few actions, and to name them is all that a narrower statement can do. */
const fewestOfWhole = 2;

/** Words of what takes away, and of what lets the caller act with the permissions of another. */
const takingAway = new Set(['deactivate', 'delete', 'deletion', 'destroy', 'disable', 'purge', 'remove', 'terminate']);
const becoming = new Set(['assume', 'pass']);

/** What makes the caller more than it is, whatever the one resource: other paths need a role passed, or several resources. */
const escalating = new Set(
  escalationPaths.flatMap(({ category, requires }) => (category === 'self-escalation' || category === 'principal-access' ? requires : [])),
);

/** False for what stands for actions that the catalog does not know. */
function isName(name: string): boolean {
  return /^\w/.test(name);
}

function has(name: string, words: ReadonlySet<string>): boolean {
  return wordsOf(name).some((word) => words.has(word.toLowerCase()));
}

/** `ExecuteApi` of `execute-api`: a Sid takes letters and digits only. */
function inWords(prefix: string): string {
  return prefix
    .split(/[^a-z0-9]+/i)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The ARN forms of the service, with words in capitals where a name belongs and `{p}` for the partition; one general form where it has many. */
function exampleArns(service: Service): string[] {
  if (service.prefix === 's3') return ['arn:{p}:s3:::BUCKET', 'arn:{p}:s3:::BUCKET/*'];
  if (service.arns.length > 2) {
    const regional = service.arns.some((arn) => arn.split(':')[3] !== '');
    return [`arn:{p}:${service.prefix}:${regional ? 'REGION' : ''}:ACCOUNT:RESOURCE`];
  }
  return service.arns.map((arn) => {
    const [head, partition, name, region, account, ...rest] = arn.split(':');
    return [
      head,
      partition,
      name,
      region && 'REGION',
      account && 'ACCOUNT',
      rest.join(':').replaceAll(/[*?][*?-]*(\{[^}]*\})?/g, 'NAME'),
    ].join(':');
  });
}
