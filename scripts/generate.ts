/** Writes every generated file, in the order in which they build on each other; with `--check` compares instead. */
await import('./generate-actions.ts');
await import('./generate-validators.ts');
await import('./generate-configuration.ts');
await import('./generate-rule-pages.ts');
await import('./generate-managed-policies.ts');
await import('./generate-messages.ts');
await import('./generate-doctor.ts');
await import('./generate-licences.ts');
await import('./generate-readme.ts');
