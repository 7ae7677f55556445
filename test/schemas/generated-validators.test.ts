import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'trailguard-validators-'));
const javascript = 'schemas/validators.generated.js';
const types = 'schemas/validators.generated.d.ts';

function generate(...flags: string[]) {
  const { status, stderr } = spawnSync(join(root, 'node_modules/.bin/tsx'), ['scripts/generate-validators.ts', ...flags], {
    cwd: copy,
    encoding: 'utf8',
  });
  return { status, stderr };
}

cpSync(join(root, 'schemas'), join(copy, 'schemas'), { recursive: true });
for (const script of ['generate-validators.ts', 'generated-file.ts']) cpSync(join(root, 'scripts', script), join(copy, 'scripts', script));
copyFileSync(join(root, 'package.json'), join(copy, 'package.json'));
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
afterAll(() => rmSync(copy, { recursive: true }));

describe('the compiled validators', () => {
  it('are what the schemas say, and load no other module', () => {
    expect(generate('--check')).toStrictEqual({ status: 0, stderr: '' });
    expect(readFileSync(join(copy, javascript), 'utf8')).not.toMatch(/\brequire\(|^import\b/m);
  });

  it('are named when they are stale, and made anew byte for byte', () => {
    const original = [javascript, types].map((name) => readFileSync(join(root, name), 'utf8'));
    writeFileSync(join(copy, javascript), '');
    rmSync(join(copy, types));
    const { status, stderr } = generate('--check');
    expect(status).toBe(1);
    expect(stderr).toContain(`\`${javascript}\` is not what the schemas say: run`);
    expect(stderr).toContain(`\`${types}\` is not what the schemas say: run`);
    expect(generate().status).toBe(0);
    const same = [javascript, types].map((name, index) => readFileSync(join(copy, name), 'utf8') === original[index]);
    expect(same).toStrictEqual([true, true]);
  });

  it('refuse a schema that would need another module', () => {
    const schema = join(copy, 'schemas/configuration.ts');
    writeFileSync(schema, readFileSync(schema, 'utf8').replace("$schema: { type: 'string' }", "$schema: { type: 'string', minLength: 1 }"));
    const { status, stderr } = generate('--check');
    expect(status).toBe(1);
    expect(stderr).toContain('the compiled validators need `require()`');
  });
});
