/** Writes into README.md what `npm start` prints of the attack in the example trail. `--check` compares instead. */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { writeOrCheck } from './generated-file.ts';

// What is shown is what the sources do now, not what was last built.
await import('./build.ts');

const [open, close] = ['<!-- generated: npm run generate -->', '<!-- /generated -->'];
const output = execFileSync(
  process.execPath,
  ['dist/trailguard.js', 'replay', '--config', 'examples/trailguard.config.json', 'examples/trail.json'],
  {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, COLUMNS: '100' },
    stdio: ['ignore', 'pipe', 'ignore'],
  },
);
const lines = output.trimEnd().split('\n');
const header = lines.slice(0, 2);
// The verdicts and the stories are for those who run it.
const first = lines.indexOf('Users to look at first');
if (first < 0) throw new Error('`npm start` prints no users to look at first');
const attack = lines.slice(first);

const readme = await readFile('README.md', 'utf8');
const [before, after] = [readme.slice(0, readme.indexOf(open) + open.length), readme.slice(readme.indexOf(close))];
const block = ['```', ...header, '…', ...attack, '```'].map((line) => line.trimEnd()).join('\n');
writeOrCheck('README.md', `${before}\n${block}\n${after}`);
