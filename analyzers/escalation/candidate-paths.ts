import { type Grants, holdsAction, type SourcedStatement } from '../../policy/grants.ts';
import { covers } from '../../policy/wildcards.ts';
import { type EscalationPath, escalationPaths } from './paths.ts';

/** The actions that some path needs, in lower case; a position here stands for an action below. */
const actions = [...new Set(escalationPaths.flatMap(({ requires }) => requires.map((action) => action.toLowerCase())))];
const positions = new Map(actions.map((action, position) => [action, position]));
const byService = new Map<string, (readonly [string, number])[]>();
for (const entry of positions) {
  const service = entry[0].slice(0, entry[0].indexOf(':'));
  byService.set(service, [...(byService.get(service) ?? []), entry]);
}
const needs = escalationPaths.map((path) => ({ path, wanted: path.requires.map((action) => positions.get(action.toLowerCase()) ?? 0) }));

/** Paths of which Allow statements hold every permission, wherever those reach, and the statements that hold each action (in lower case). */
export interface Candidates {
  readonly paths: readonly EscalationPath[];
  readonly holders: (action: string) => readonly SourcedStatement[];
}

/**
 * The paths worth a closer look. Each pattern is read once, and those of services that no path is about not at all: a
 * policy without any such permission costs next to nothing.
 */
export function candidatePaths({ allows }: Grants): Candidates | undefined {
  const held = new Map<number, SourcedStatement[]>();
  for (const source of allows) collect(source, held);
  if (held.size === 0) return undefined;
  const paths = needs.filter(({ wanted }) => wanted.every((position) => held.has(position))).map(({ path }) => path);
  return { paths, holders: (action) => held.get(positions.get(action) ?? -1) ?? [] };
}

type Held = Map<number, SourcedStatement[]>;

function collect(source: SourcedStatement, held: Held): void {
  const { negated, patterns } = source.statement.action;
  if (negated) {
    collectEach(source, held);
    return;
  }
  let last: string | undefined;
  let wanted: readonly (readonly [string, number])[] | undefined;
  for (const { glob, service } of patterns) {
    if (service === undefined) {
      collectEach(source, held);
      return;
    }
    // Policies list a service's actions together.
    if (service !== last) {
      last = service;
      wanted = byService.get(service);
    }
    if (!wanted) continue;
    const known = positions.get(glob);
    if (known !== undefined) add(source, known, held);
    else if (glob.includes('*') || glob.includes('?'))
      for (const [action, position] of wanted) if (covers(glob, action)) add(source, position, held);
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
