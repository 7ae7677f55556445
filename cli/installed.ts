import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A file of this package. The bundle (dist/) and its source (cli/) are both one folder below the package's root, so
 * one relative address serves the installed command and the tests.
 */
function packageFile(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/** The version in package.json. */
export function installedVersion(): string {
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string };
  return version;
}

/** The file that `npm run build` makes of AWS's managed policies. */
export function managedPoliciesFile(): string {
  return packageFile('dist/aws-managed-policies.json');
}

/** The file that `npm run build` makes of the thread in which `replay` reads. */
export function installedWorker(): string {
  return packageFile('dist/replay-worker.js');
}
