import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scope } from '../analyzers/rule.ts';
import { scaffoldCases } from './scaffold-cases.ts';
import { unwritten } from './unwritten.ts';

/** A rule id that cannot be scaffolded. The message says why. */
export class RuleIdError extends Error {
  override readonly name = 'RuleIdError';
}

/** Writes a new rule of a scope, its cases and its registry line under `root`; returns the paths, from there. Throws `RuleIdError`. */
export function scaffoldRule(root: string, id: string, scope: Scope): string[] {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw new RuleIdError(
      `\`${id}\` is no rule id: use words of lower-case letters and digits, joined by hyphens, such as \`role-trusts-everyone\``,
    );
  }
  const [rule, cases, registry] = [`analyzers/rules/${id}.ts`, `test/rules/${id}.json`, 'analyzers/registry.ts'];
  for (const path of [rule, cases]) {
    if (existsSync(join(root, path))) throw new RuleIdError(`rule \`${id}\` exists: ${path} is there`);
  }
  const listed = registered(readFileSync(join(root, registry), 'utf8'), id);
  writeFileSync(join(root, rule), ruleText(id, scope));
  writeFileSync(join(root, cases), scaffoldCases(scope));
  writeFileSync(join(root, registry), listed);
  return [rule, cases, registry];
}

function variableOf(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The registry with one more import, in the linter's order, and one more entry, last. */
function registered(text: string, id: string): string {
  const variable = variableOf(id);
  const line = `import { ${variable} } from './rules/${id}.ts';`;
  const lines = text.split('\n');
  const imports = lines.filter((one) => one.includes("from './rules/"));
  const rest = lines.filter((one) => !imports.includes(one));
  const at = rest.findLastIndex((one) => one.startsWith('import ')) + 1;
  const pathOf = (one: string) => one.slice(one.indexOf("'"));
  const sorted = [...imports, line].toSorted((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  const withImport = [...rest.slice(0, at), ...sorted, ...rest.slice(at)].join('\n');
  const list = /(export const rules: readonly Rule\[\] = \[)([\s\S]*?)\];/;
  if (!list.test(withImport)) throw new Error('analyzers/registry.ts has no list `rules` to add to');
  return withImport.replace(list, (_, head: string, entries: string) => {
    const names = [...entries.split(',').map((name) => name.trim()), variable].filter((name) => name !== '');
    const oneLine = `${head}${names.join(', ')}];`;
    return oneLine.length <= 140 ? oneLine : `${head}\n${names.map((name) => `  ${name},\n`).join('')}];`;
  });
}

function ruleText(id: string, scope: Scope): string {
  return `import type { Rule } from '../rule.ts';

/** ${unwritten} what it flags, in a few words. */
export const ${variableOf(id)}: Rule = {
  id: '${id}',
  title: '${unwritten} what is wrong, in a few words',
  severity: 'medium',
  rationale: '${unwritten} why it matters, for someone who never heard of it',
  remediation: {
    summary: '${unwritten} the way out, in one sentence',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  },
  references: [],
  controls: {},
  check: {
    ${scope}: () => [],
  },
};
`;
}
