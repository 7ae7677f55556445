import { type EscalationPath, escalationPaths } from './paths.ts';
import { type Target, targetsOf } from './targets.ts';

/** The actions that some path needs, in lower case. */
export const actions: readonly string[] = [
  ...new Set(escalationPaths.flatMap(({ requires }) => requires.map((action) => action.toLowerCase()))),
];

/** One thing that paths ask for: an action on a target, and of a role that is passed, to which services. Paths share what they ask for alike. */
export interface Need {
  /** As AWS writes it. */
  readonly action: string;
  /** The action in lower case. */
  readonly name: string;
  /** The action's service. */
  readonly service: string;
  /** The action's place among `actions`. */
  readonly position: number;
  readonly target: Target;
  /** Empty but for `iam:PassRole`. */
  readonly services: readonly string[];
}

/** A path with all that it asks for. */
export interface PathNeeds {
  readonly path: EscalationPath;
  readonly needs: readonly Need[];
  /** The places among `actions` of the actions that it requires. */
  readonly positions: readonly number[];
}

const all: Need[] = [];

/** Every known path with what it asks for. */
export const pathNeeds: readonly PathNeeds[] = escalationPaths.map((path) => {
  const needs = path.requires.flatMap((action) => targetsOf(action, path).map((target) => needOf(action, target, path)));
  return { path, needs, positions: [...new Set(needs.map(({ position }) => position))] };
});

function needOf(action: string, target: Target, path: EscalationPath): Need {
  const services = action === 'iam:PassRole' ? path.passesTo : [];
  const same = all.find((need) => need.action === action && need.target === target && need.services.join() === services.join());
  if (same) return same;
  const name = action.toLowerCase();
  const need = { action, name, service: name.slice(0, name.indexOf(':')), position: actions.indexOf(name), target, services };
  all.push(need);
  return need;
}
