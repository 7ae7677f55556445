/** `npm run new-rule <id>`: writes a rule, its cases, its registry line and its page, for a person to fill in. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { RuleIdError, scaffoldRule, unwritten } from './scaffold-rule.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const [id, ...rest] = process.argv.slice(2);

if (id === undefined || rest.length > 0) {
  console.error('usage: npm run new-rule <id>, where the id says what is wrong, such as `role-trusts-everyone`');
  process.exitCode = 2;
} else {
  try {
    const paths = scaffoldRule(root, id);
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
