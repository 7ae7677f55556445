import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * A module of this folder, imported as it is built for the package and for Lambda: what runs a script from its source names each function anew wherever
 * one is made, which slows what is measured.
 */
export async function importBuilt(name: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'trailguard-bench-'));
  const outfile = join(folder, 'built.mjs');
  try {
    await build({
      entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
