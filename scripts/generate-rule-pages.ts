/**
 * Writes docs/rules/: a page for each rule, from the rule and its cases, and the index; takes away pages whose rule is
 * gone. `--check` compares instead.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { rules } from '../analyzers/registry.ts';
import { writeOrCheck } from './generated-file.ts';
import { readCases } from './rule-cases.ts';
import { ruleIndex, rulePage } from './rule-page.ts';

const folder = 'docs/rules';
const pages = new Map<string, string>([
  ['README.md', ruleIndex(rules)] as const,
  ...rules.map((rule) => [`${rule.id}.md`, rulePage(rule, readCases(rule.id))] as const),
]);

const checking = process.argv.includes('--check');
if (!checking) await mkdir(folder, { recursive: true });
for (const [name, content] of pages) writeOrCheck(`${folder}/${name}`, content);

const onDisk = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return [];
  throw error;
});
for (const name of onDisk.filter((name) => !pages.has(name))) {
  if (!checking) {
    await rm(`${folder}/${name}`);
    continue;
  }
  console.error(`${folder}/${name} belongs to no rule: run \`npm run generate\` and commit the result`);
  process.exitCode = 1;
}
