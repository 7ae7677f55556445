import { type Grants, holdsAction } from '../policy/grants.ts';
import type { Severity } from '../schemas/severity.ts';

/** The permissions that turn ciphertext into plain text, as grants are asked for them. ReEncryptTo does not: it only writes. */
export const decryptingActions = ['kms:decrypt', 'kms:reencryptfrom'] as const;

/** All KMS keys of some accounts and Regions: a pattern, how bad decrypting with all of them is, and how people call them. */
export interface KeyScope {
  readonly pattern: string;
  readonly severity: Severity;
  readonly name: string;
}

/** The forms of Regions, accounts and key ids (UUIDs): a pattern that covers them covers all. */
const anyRegion = '??*-?*-?';
const anyAccount = '?'.repeat(12);
const anyKey = [8, 4, 4, 4, 12].map((length) => '?'.repeat(length)).join('-');

/**
 * The sets of keys worth asking about, widest first: the keys of all accounts, of each account and of each account and
 * Region that the policies name. A partial wildcard (`us-*`) is asked about as it is written.
 */
export function keyScopes(grants: Grants): KeyScope[] {
  const places = placesIn(grants);
  const scopes = grants.partitions.flatMap((partition) => {
    const pattern = (region: string, account: string) => `arn:${partition}:kms:${region}:${account}:key/${anyKey}`;
    return [
      { pattern: pattern(anyRegion, anyAccount), severity: 'high' as const, name: 'all keys of all accounts' },
      ...places.map(({ region }) => ({
        pattern: pattern(region, anyAccount),
        severity: 'high' as const,
        name: `all keys of all accounts in ${region}`,
      })),
      ...places.map(({ account }) => ({
        pattern: pattern(anyRegion, account),
        severity: 'medium' as const,
        name: `all keys of account ${account}`,
      })),
      ...places.map(({ region, account }) => ({
        pattern: pattern(region, account),
        severity: 'low' as const,
        name: `all keys of account ${account} in ${region}`,
      })),
    ];
  });
  return [...new Map(scopes.toReversed().map((scope) => [scope.pattern, scope])).values()].reverse();
}

/** A Region and an account, each as a policy writes it or in its general form. */
interface Place {
  readonly region: string;
  readonly account: string;
}

const regionNames = /(?<![a-z-])[a-z]{2,4}(?:-[a-z]+)+-\d(?!\d)/g;

/**
 * The Regions and accounts that resources name, wherever in the pattern they stand; also those of a Deny or a boundary, for what
 * one leaves is as narrow as what it names.
 */
function placesIn(grants: Grants): Place[] {
  const places = new Map<string, Place>();
  for (const { statement } of [...grants.allows, ...grants.denies, ...(grants.boundary ?? [])]) {
    if (!decryptingActions.some((name) => holdsAction(statement.action, name))) continue;
    for (const { glob } of statement.resource.patterns) {
      if (glob === '*') continue;
      for (const place of placesOf(glob)) places.set(`${place.region} ${place.account}`, place);
    }
  }
  return [...places.values()];
}

/** No ARN names more than one; a pattern that names many is taken by the first of them, and asked about as a whole besides. */
const mostNamed = 4;

function placesOf(glob: string): Place[] {
  const [, , , region = '', account = ''] = glob.split(':', 6);
  const accounts = [...(glob.match(/\d{12}/g) ?? []), ...partly(account, /\d/)].slice(0, mostNamed);
  const regions = [...(glob.match(regionNames) ?? []), ...partly(region, /[a-z]/)].slice(0, mostNamed);
  if (accounts.length + regions.length === 0) return [];
  return (regions.length > 0 ? regions : [anyRegion]).flatMap((where) =>
    (accounts.length > 0 ? accounts : [anyAccount]).map((one) => ({ region: where, account: one })),
  );
}

/** A segment that is written in part: `us-*`, `1234*`. */
function partly(segment: string, letters: RegExp): string[] {
  return /[*?]/.test(segment) && letters.test(segment) ? [segment] : [];
}
