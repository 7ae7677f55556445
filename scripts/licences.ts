import { readFileSync } from 'node:fs';

/** A package of package-lock.json. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; missing where the package names none. */
  readonly licence?: string;
  /** Where it is installed, below the project's folder. */
  readonly path: string;
  /** Whether only building and testing need it. */
  readonly development: boolean;
  /** Whether it has a script that npm would run when it installs it. */
  readonly installScript: boolean;
}

/** What a lock file says of a package, as far as it is read here. */
export interface LockEntry {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

/** Licences under which a package may be shipped: each asks for no more than its notice. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/** Licences that are well where nothing of the package is shipped. */
const forDevelopment = new Set([...permissive, 'CC-BY-4.0', 'MPL-2.0', 'PSF-2.0', 'Python-2.0']);

/** Why a package for development works though its install script was not run (`npm ci --ignore-scripts`). */
export const withoutInstallScript: Readonly<Record<string, string>> = {
  '@parcel/watcher':
    'The script compiles it where none of the packages for platforms fits, which are optional dependencies. It comes with `serverless-esbuild`, and watches files; nothing here does.',
  'es5-ext': 'The script prints a message in some time zones, and does nothing else. It comes with `serverless`.',
  esbuild:
    'The script puts the native program in the place of a small one in JavaScript, which saves some milliseconds; without it that one finds the native program by itself.',
};

/** Every package in the lock file, once for each version, by name. The project itself is none. */
export function lockedPackages(lock: { readonly packages: Readonly<Record<string, LockEntry>> }): LockedPackage[] {
  const all = new Map<string, LockedPackage>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '') continue;
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const version = entry.version ?? 'none';
    const known = all.get(`${name}@${version}`);
    all.set(`${name}@${version}`, {
      name,
      version,
      path,
      development: entry.dev === true && known?.development !== false,
      installScript: entry.hasInstallScript === true,
      ...(entry.license === undefined ? {} : { licence: entry.license }),
    });
  }
  return [...all.values()].toSorted((a, b) => (a.name === b.name ? compare(a.version, b.version) : compare(a.name, b.name)));
}

/** What is wrong with the packages: a licence that is unknown or asks for too much, an install script that is needed or not accounted for. */
export function licenceProblems(packages: readonly LockedPackage[]): string[] {
  return packages.flatMap(({ name, version, licence, development, installScript }) => {
    const which = `\`${name}\` ${version}`;
    const problems: string[] = [];
    if (licence === undefined) problems.push(`${which} names no licence: look at its repository, and do without it where there is none`);
    else if (!isAllowed(licence, development ? forDevelopment : permissive))
      problems.push(
        `${which} is licensed under ${licence}, which is not among the licences in scripts/licences.ts: do without it, or have the licence looked at`,
      );
    if (installScript && !development)
      problems.push(`${which} has an install script, and is shipped: do without it, for an install script runs as whoever installs`);
    if (installScript && development && !Object.hasOwn(withoutInstallScript, name))
      problems.push(`${which} has an install script: see whether it works without, and say why in scripts/licences.ts`);
    return problems;
  });
}

/** Packages that ship but name, where they are installed, another licence than the lock file does. `folder` is that of the lock file. */
export function installedProblems(packages: readonly LockedPackage[], folder: URL): string[] {
  return packages
    .filter(({ development }) => !development)
    .flatMap(({ name, version, licence, path }) => {
      const installed = JSON.parse(readFileSync(new URL(`${path}/package.json`, folder), 'utf8')) as LockEntry;
      return installed.license === licence
        ? []
        : [`\`${name}\` ${version} says ${installed.license} where it is installed, and ${licence} in package-lock.json`];
    });
}

/** An alternative may be chosen; of what is demanded together, all must do. Anything else that SPDX can say is for a person to read. */
function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  return bare.split(' OR ').some((alternative) => alternative.split(' AND ').every((licence) => allowed.has(licence)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
