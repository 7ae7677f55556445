/**
 * Builds what the package ships: dist/trailguard.js, the command, with its subcommands in chunks that load when they are
 * called; dist/replay-worker.js, the thread in which `replay` reads; and the data that `replay` reads. Dependencies stay outside the bundle.
 */
import { chmodSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { trailguard: 'cli/main.ts', 'replay-worker': 'cli/replay/worker.ts' },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  chunkNames: '[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
});
chmodSync(join(dist, 'trailguard.js'), 0o755);
await import('./build-managed-policies.ts');
