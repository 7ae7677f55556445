import type { SourcedStatement } from '../../policy/grants.ts';
import type { OpenPath } from './find-paths.ts';
import type { Reach } from './reach.ts';

/** What each of the fewest statements gives to the paths; each permission is told once, however many paths need it. */
export function givenBy(open: readonly OpenPath[]): Map<SourcedStatement, readonly Reach[]> {
  const reaches = new Set<Reach>();
  for (const { permissions } of open) for (const reach of permissions) reaches.add(reach);
  const given = new Map<SourcedStatement, Reach[]>();
  for (const source of fewestGivers([...reaches])) given.set(source, []);
  for (const reach of reaches) {
    const giver = reach.granters.find((source) => given.has(source));
    if (giver) given.get(giver)?.push(reach);
  }
  return given;
}

/** The statements that alone give something, then those that give most of what is missing, less those that the others can do without. */
function fewestGivers(reaches: readonly Reach[]): Set<SourcedStatement> {
  const chosen = new Set<SourcedStatement>();
  for (const { granters } of reaches) if (granters.length === 1) for (const only of granters) chosen.add(only);
  const isMissing = ({ granters }: Reach) => !granters.some((source) => chosen.has(source));
  for (let missing = reaches.filter(isMissing); missing.length > 0; missing = missing.filter(isMissing)) chosen.add(mostGiving(missing));
  if (chosen.size === 1) return chosen;
  for (const one of chosen) {
    if (reaches.every(({ granters }) => granters.some((source) => source !== one && chosen.has(source)))) chosen.delete(one);
  }
  return chosen;
}

function mostGiving(reaches: readonly Reach[]): SourcedStatement {
  const counts = new Map<SourcedStatement, number>();
  for (const source of reaches.flatMap(({ granters }) => granters)) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
