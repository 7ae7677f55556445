import { type Grants, holdsAction, type SourcedStatement } from '../../policy/grants.ts';
import { outlineOf } from '../../policy/outline.ts';
import { inLowerCase, isWild, trimmedLength } from '../../policy/pattern.ts';
import type { ActionElement, Run } from '../../policy/policy.ts';
import { remembered } from '../../policy/remembered.ts';
import { covers } from '../../policy/wildcards.ts';
import { actions, type PathNeeds, pathNeeds } from './needs.ts';

/** The actions of a service that some path needs, as places among `actions`. */
interface Wanted {
  /** By the text of a pattern with a wildcard, those that it holds. */
  readonly heldBy: (text: string) => readonly number[];
  /** How many letters they have, each length a bit: most of a service's other actions have another, and need no look at their letters. */
  readonly lengths: number;
}

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
  const names = ofService.map((position) => actions[position] ?? '');
  return {
    heldBy: remembered((text) => ofService.filter((_, index) => covers(inLowerCase(text), names[index] ?? '')), 1_000),
    lengths: names.reduce((lengths, { length }) => lengths | bitOf(length), 0),
  };
}

/** Lengths that are 32 apart share a bit. */
function bitOf(length: number): number {
  return 1 << (length & 31);
}

/** The Allow statements that hold each action of `actions`, wherever they reach; none where nothing holds it. */
export type Holders = ReadonlyMap<number, readonly SourcedStatement[]>;

/** Paths of which Allow statements hold every permission, and those statements. */
export interface Candidates {
  readonly paths: readonly PathNeeds[];
  readonly holders: Holders;
}

/** The paths by the rarest of the actions that they need. */
const byRarest = groupByRarest();

function groupByRarest(): ReadonlyMap<number, readonly PathNeeds[]> {
  const needing = new Map<number, number>();
  for (const position of pathNeeds.flatMap((path) => path.positions)) needing.set(position, (needing.get(position) ?? 0) + 1);
  const pathsNeeding = (position: number) => needing.get(position) ?? 0;
  const grouped = new Map<number, PathNeeds[]>();
  for (const path of pathNeeds) {
    const rarest = path.positions.reduce((best, one) => (pathsNeeding(one) < pathsNeeding(best) ? one : best));
    grouped.set(rarest, [...(grouped.get(rarest) ?? []), path]);
  }
  return grouped;
}

/**
 * The paths worth a closer look. Each text is read once, and those of services that no path is about not at all: a
 * policy without any such permission costs next to nothing.
 */
export function candidatePaths(grants: Grants): Candidates | undefined {
  const { wide, named } = outlineOf(grants);
  const services = wide || named.has('iam') ? ofAllPaths : ofPathsWithoutIam;
  const held: Held = new Map();
  for (const source of grants.allows) collect(source, services, held);
  if (held.size === 0) return undefined;
  const paths: PathNeeds[] = [];
  for (const position of held.keys())
    for (const path of byRarest.get(position) ?? []) if (path.positions.every((one) => held.has(one))) paths.push(path);
  return paths.length === 0 ? undefined : { paths, holders: held };
}

type Held = Map<number, SourcedStatement[]>;

function collect(source: SourcedStatement, services: ReadonlyMap<string, Wanted>, held: Held): void {
  const { action } = source.statement;
  if (action.negated || action.runs.some(({ service }) => service === undefined)) {
    collectEach(source, held);
    return;
  }
  for (const run of action.runs) {
    const wanted = services.get(run.service ?? '');
    if (wanted) collectRun(source, action, run, wanted, held);
  }
}

function collectRun(source: SourcedStatement, { texts }: ActionElement, { start, end, wild }: Run, wanted: Wanted, held: Held): void {
  for (let i = start; i < end; i++) {
    const text = texts[i] ?? '';
    if (wild > 0 && isWild(text)) {
      for (const position of wanted.heldBy(text)) add(source, position, held);
    } else if ((wanted.lengths & bitOf(trimmedLength(text))) !== 0) {
      const position = positions.get(inLowerCase(text));
      if (position !== undefined) add(source, position, held);
    }
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
