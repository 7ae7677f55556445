import type { PatternElement } from './policy.ts';

/** What matters of an `Action` or `NotAction` element here. */
export type ActionElement = Pick<PatternElement, 'patterns' | 'negated'>;

/** The globs of an `Action` or `NotAction` element, sorted once so that a service's own are at hand. */
export interface GlobsByService {
  /** By the service prefix that each names. */
  readonly named: ReadonlyMap<string, readonly string[]>;
  /** Those with a wildcard before the colon, which any service may answer to. IAM would refuse all but `*`; they are read at their widest. */
  readonly wide: readonly string[];
}

const sorted = new WeakMap<ActionElement, GlobsByService>();

/** The globs of an element by service. */
export function globsByService(element: ActionElement): GlobsByService {
  const known = sorted.get(element);
  if (known) return known;
  const fresh = sort(element);
  sorted.set(element, fresh);
  return fresh;
}

function sort({ patterns }: ActionElement): GlobsByService {
  const named = new Map<string, string[]>();
  const wide: string[] = [];
  // Policies list a service's actions together, so the last prefix is nearly always the next.
  let head = '\n';
  let list: string[] = [];
  for (const { glob } of patterns) {
    if (!glob.startsWith(head)) {
      const colon = glob.indexOf(':');
      const prefix = colon < 0 ? glob : glob.slice(0, colon);
      if (prefix.includes('*') || prefix.includes('?')) {
        wide.push(glob);
        continue;
      }
      if (colon < 0) continue;
      head = glob.slice(0, colon + 1);
      list = named.get(prefix) ?? [];
      named.set(prefix, list);
    }
    list.push(glob);
  }
  return { named, wide };
}
