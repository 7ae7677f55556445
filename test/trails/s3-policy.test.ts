import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { activeRules } from '../../analyzers/active-rules.ts';
import { checkDocument } from '../../cli/check/check-document.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';

const page = readFileSync(new URL('../../docs/replay-sources.md', import.meta.url), 'utf8');
const policies = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(([, text = '']) => text);

test('the policies that the page asks people to write pass `trailguard check`', () => {
  expect(policies).toHaveLength(2);
  for (const text of policies) {
    const { findings, errors } = checkDocument({ source: 'docs/replay-sources.md', text, file: text }, activeRules(defaultConfiguration));
    expect({ findings, errors }).toEqual({ findings: [], errors: [] });
  }
});

test('they allow what the sources ask for, and no more', () => {
  const actions = policies.flatMap((text) =>
    (JSON.parse(text) as { Statement: { Action: string }[] }).Statement.map(({ Action }) => Action),
  );
  expect(actions).toEqual(['s3:ListBucket', 's3:GetObject', 'kms:Decrypt', 'cloudtrail:LookupEvents']);
});
