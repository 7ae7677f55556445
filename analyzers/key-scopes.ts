import type { Grants } from '../policy/grants.ts';
import type { Severity } from '../schemas/severity.ts';

/** All KMS keys of some accounts and Regions: a pattern, how bad decrypting with all of them is, and how people call them. */
export interface KeyScope {
  readonly pattern: string;
  readonly severity: Severity;
  readonly name: string;
}

const anyRegion = '?*';
const anyAccount = '?'.repeat(12);
/** A key id is a UUID, or `mrk-` and 32 hexadecimal digits: 36 characters both. */
const anyKey = '?'.repeat(36);

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

/** The Regions and accounts that resources name, also those of a Deny or a boundary: what one leaves is as narrow as what it names. */
function placesIn(grants: Grants): { region: string; account: string }[] {
  const places: { region: string; account: string }[] = [];
  for (const { statement } of [...grants.allows, ...grants.denies, ...(grants.boundary ?? [])]) {
    for (const { glob } of statement.resource.patterns) {
      const [, , service, region = '', account = ''] = glob.split(':');
      if (service === undefined || !/^arn:.*kms/.test(glob)) continue;
      const accounts = [...(glob.match(/\d{12}/g) ?? []), ...(account && !/^[*?]+$/.test(account) ? [account] : [])];
      const regions = region && !/^[*?]+$/.test(region) && !/\d{12}/.test(region) ? [region] : [anyRegion];
      for (const one of accounts.length > 0 ? accounts : [anyAccount])
        for (const where of regions) places.push({ region: where, account: one });
    }
  }
  return places.filter(({ region, account }) => region !== anyRegion || account !== anyAccount);
}
