import type { Controls } from './rule.ts';

type Ids = Controls[string];

/** The controls of several, each id once. A framework has versions in all of them or in none. */
export function mergeControls(several: readonly Controls[]): Controls {
  const merged: Record<string, Ids> = {};
  for (const [framework, ids] of several.flatMap((controls) => Object.entries(controls))) {
    const before = merged[framework];
    merged[framework] = before === undefined ? ids : mergeIds(before, ids);
  }
  return merged;
}

function mergeIds(a: Ids, b: Ids): Ids {
  if (isList(a) && isList(b)) return [...new Set([...a, ...b])];
  if (isList(a) || isList(b)) throw new Error('a framework has versions in one list of controls and none in another');
  const versions = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(versions.map((version) => [version, [...new Set([...(a[version] ?? []), ...(b[version] ?? [])])]]));
}

function isList(ids: Ids): ids is readonly string[] {
  return Array.isArray(ids);
}
