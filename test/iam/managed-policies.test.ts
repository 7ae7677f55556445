import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadManagedPolicies } from '../../iam/managed-policies.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailguard-managed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const admin = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const billing = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'aws-portal:*Billing', Resource: '*' }] };

function file(): string {
  const path = join(folder, 'policies.json');
  writeFileSync(path, `{\n"AdministratorAccess":${JSON.stringify(['v1', admin])},\n"Billing":${JSON.stringify(['v4', billing])}\n}\n`);
  return path;
}

test.each([
  ['arn:aws:iam::aws:policy/AdministratorAccess', 'v1', admin],
  ['arn:aws-cn:iam::aws:policy/AdministratorAccess', 'v1', admin],
  ['arn:aws:iam::aws:policy/job-function/Billing', 'v4', billing],
])('%s is found by its name', (arn, version, document) => {
  const found = loadManagedPolicies(file())(arn);
  expect(found).toMatchObject({ version, name: arn.split('/').at(-1) });
  expect(JSON.parse(found?.document ?? '')).toEqual(document);
});

test.each(['arn:aws:iam::aws:policy/Unheard', 'arn:aws:iam::123456789012:policy/AdministratorAccess'])('%s is not one of them', (arn) => {
  expect(loadManagedPolicies(file())(arn)).toBeUndefined();
});

test('a missing file is told at the first look-up, with the way out', () => {
  const find = loadManagedPolicies(join(folder, 'nowhere.json'));
  expect(find('arn:aws:iam::123456789012:policy/own')).toBeUndefined();
  expect(() => find('arn:aws:iam::aws:policy/Billing')).toThrow(/nowhere\.json`: run `npm run build`/);
});
