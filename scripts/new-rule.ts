/** `npm run new-rule <id> [scope]`: writes a rule, its cases, its registry line and its page, for a person to fill in. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Scope } from '../analyzers/rule.ts';
import { RuleIdError, scaffoldRule } from './scaffold-rule.ts';
import { unwritten } from './unwritten.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const scopes: readonly Scope[] = ['policy', 'event', 'user', 'account'];
const [id, asked = 'policy', ...rest] = process.argv.slice(2);
const scope = scopes.find((one) => one === asked);

if (id === undefined || scope === undefined || rest.length > 0) {
  console.error(
    `usage: npm run new-rule <id> [${scopes.join('|')}], where the id says what is wrong, such as \`role-trusts-everyone\`, and the scope what the rule looks at`,
  );
  process.exitCode = 2;
} else {
  try {
    const paths = scaffoldRule(root, id, scope);
    const pages = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/generate-rule-pages.ts'], { cwd: root, stdio: 'inherit' });
    if (pages.status !== 0) throw new Error(`docs/rules was not generated: status ${pages.status}`);
    console.log(`wrote ${[...paths, `docs/rules/${id}.md`].join(', ')}`);
    console.log(
      `fill in what begins with \`${unwritten}\`; \`npx vitest run test/analyzers\` says what is left; then \`npm run generate\``,
    );
  } catch (error) {
    if (!(error instanceof RuleIdError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
