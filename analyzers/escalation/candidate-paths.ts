import { type Grants, holdsAction, type SourcedStatement } from '../../policy/grants.ts';
import { outlineOf } from '../../policy/outline.ts';
import type { Pattern } from '../../policy/pattern.ts';
import { remembered } from '../../policy/remembered.ts';
import { covers } from '../../policy/wildcards.ts';
import { actions, type PathNeeds, pathNeeds } from './needs.ts';

/** The actions of a service that some path needs, by a pattern for some of them: their places among `actions`. */
type Wanted = (glob: string) => readonly number[];

const positions: ReadonlyMap<string, number> = new Map(actions.map((action, position) => [action, position]));
const ofAllPaths = byService(pathNeeds);
/** Paths that need nothing of IAM are few: most policies grant nothing of it. */
const ofPathsWithoutIam = byService(pathNeeds.filter(({ path }) => path.requires.every((action) => !action.startsWith('iam:'))));

function byService(paths: readonly PathNeeds[]): ReadonlyMap<string, Wanted> {
  const services = new Map<string, number[]>();
  for (const position of new Set(paths.flatMap((path) => path.positions))) {
    const name = actions[position] ?? '';
    const service = name.slice(0, name.indexOf(':'));
    services.set(service, [...(services.get(service) ?? []), position]);
  }
  return new Map([...services].map(([service, ofService]) => [service, wantedOf(ofService)]));
}

function wantedOf(ofService: readonly number[]): Wanted {
  return remembered((glob) => ofService.filter((position) => covers(glob, actions[position] ?? '')), 1_000);
}

/** The Allow statements that hold each action of `actions`, wherever they reach; none where nothing holds it. */
export type Holders = ReadonlyMap<number, readonly SourcedStatement[]>;

/** Paths of which Allow statements hold every permission, and those statements. */
export interface Candidates {
  readonly paths: readonly PathNeeds[];
  readonly holders: Holders;
}

/**
 * The paths worth a closer look. Each pattern is read once, and those of services that no path is about not at all: a
 * policy without any such permission costs next to nothing.
 */
export function candidatePaths(grants: Grants): Candidates | undefined {
  const { wide, named } = outlineOf(grants);
  const services = wide || named.has('iam') ? ofAllPaths : ofPathsWithoutIam;
  const held: Held = new Map();
  for (const source of grants.allows) collect(source, services, held);
  if (held.size === 0) return undefined;
  const paths = pathNeeds.filter((path) => path.positions.every((position) => held.has(position)));
  return paths.length === 0 ? undefined : { paths, holders: held };
}

type Held = Map<number, SourcedStatement[]>;

function collect(source: SourcedStatement, services: ReadonlyMap<string, Wanted>, held: Held): void {
  const { action, runs } = source.statement;
  if (action.negated || runs.some(({ service }) => service === undefined)) {
    collectEach(source, held);
    return;
  }
  for (const { service = '', start, end } of runs) {
    const wanted = services.get(service);
    if (wanted) for (let i = start; i < end; i++) collectOf(source, action.patterns[i], wanted, held);
  }
}

function collectOf(source: SourcedStatement, pattern: Pattern | undefined, wanted: Wanted, held: Held): void {
  if (!pattern) return;
  if (pattern.wild) {
    for (const position of wanted(pattern.glob)) add(source, position, held);
  } else {
    const known = positions.get(pattern.glob);
    if (known !== undefined) add(source, known, held);
  }
}

function collectEach(source: SourcedStatement, held: Held): void {
  for (const [position, action] of actions.entries()) if (holdsAction(source.statement.action, action)) add(source, position, held);
}

function add(source: SourcedStatement, position: number, held: Held): void {
  const sources = held.get(position);
  if (!sources) held.set(position, [source]);
  else if (sources.at(-1) !== source) sources.push(source);
}
