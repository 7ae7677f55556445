import { consequentialActions, countOfNamed } from './action-set.ts';
import { isEmpty } from './bits.ts';
import { allServices, serviceCount } from './catalog/action-catalog.ts';
import type { Grants } from './grants.ts';
import { inLowerCase, isWild } from './pattern.ts';
import { forTheLast, remembered } from './remembered.ts';

/** What the Allow statements name, at a glance: enough to see that most policies can't grant any service whole. */
export interface Outline {
  /** True where an Allow can hold actions of any service: by what it leaves out, or by a wildcard before the colon. */
  readonly wide: boolean;
  /** By prefix, the services that Allow statements name. */
  readonly named: ReadonlyMap<string, NamedService>;
}

/** A service named by Allow statements: how many of its actions at the most, and whether all in one word (`service:*`). */
interface NamedService {
  count: number;
  written: boolean;
}

/** The outline of grants. A cheap look: what it rules out is not granted. */
export const outlineOf: (grants: Grants) => Outline = forTheLast(readOutline);

function readOutline({ allows }: Grants): Outline {
  const named = new Map<string, NamedService>();
  let wide = false;
  for (const { statement } of allows) {
    const { negated, runs, texts } = statement.action;
    wide ||= negated;
    if (negated) continue;
    for (const { service, start, end, wild } of runs) {
      if (service === undefined) {
        wide = true;
        continue;
      }
      const known = named.get(service) ?? { count: 0, written: false };
      if (known.count === 0) named.set(service, known);
      known.count += end - start - wild;
      if (wild > 0) addWild(texts, start, end, known);
    }
  }
  return { wide, named };
}

function addWild(texts: readonly string[], start: number, end: number, known: NamedService): void {
  for (let i = start; i < end; i++) {
    const text = texts[i] ?? '';
    if (!isWild(text)) continue;
    const { count, written } = wildOf(text);
    known.count += count;
    known.written ||= written;
  }
}

/** What a pattern with a wildcard names of the service that it begins with. */
const wildOf = remembered((text): Readonly<NamedService> => {
  const glob = inLowerCase(text);
  return { count: countOfNamed(glob), written: isRunWithStar(glob, glob.indexOf(':') + 1) };
}, 5_000);

/** `service:*`, also with more wildcards beside the star. */
function isRunWithStar(glob: string, start: number): boolean {
  const first = glob[start];
  return (first === '*' || first === '?') && /^[*?]+$/.test(glob.slice(start)) && glob.includes('*', start);
}

/** With fewer services named, a policy without a wildcard for the service can't grant everything. */
const manyServices = serviceCount / 2;

/** True where the grants may reach every service. A cheap look: it never misses one that does. */
export function mayReachEveryService(grants: Grants): boolean {
  const { wide, named } = outlineOf(grants);
  if (wide || named.size <= manyServices) return wide;
  return allServices().every((service) => named.has(service.prefix) || isEmpty(consequentialActions(service)));
}

/** True where an Allow may hold actions of a service. A cheap look: it never misses one that does. */
export function mayHold(grants: Grants, prefix: string): boolean {
  const { wide, named } = outlineOf(grants);
  return wide || named.has(prefix);
}

/** True where an Allow names all actions of a service in one word: `service:*`, or with a longer run of wildcards. */
export function isWritten(grants: Grants, prefix: string): boolean {
  return outlineOf(grants).named.get(prefix)?.written ?? false;
}
