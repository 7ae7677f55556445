/**
 * Prints name, version and licence of every dependency that ships, and fails where one of them, or of those for development, has a licence that is unknown or
 * asks for too much, or needs an install script.
 */
import { readFileSync } from 'node:fs';
import { installedProblems, licenceProblems, lockedPackages } from './licences.ts';

const root = new URL('../', import.meta.url);
const packages = lockedPackages(JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')));
const shipped = packages.filter(({ development }) => !development);
for (const { name, version, licence } of shipped) console.log(`${name}\t${version}\t${licence ?? 'none'}`);

const problems = [...licenceProblems(packages), ...installedProblems(packages, root)];
for (const problem of problems) console.error(problem);
const scripts = packages.filter(({ installScript }) => installScript);
console.error(
  `${shipped.length} packages that ship, ${scripts.filter(({ development }) => !development).length} of them with an install script; ` +
    `${packages.length - shipped.length} for development, ${scripts.length} of them with one that is not needed; ${problems.length} problems`,
);
if (problems.length > 0) process.exitCode = 1;
