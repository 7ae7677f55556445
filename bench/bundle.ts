import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles a module (a path from this folder) as it is built for the package and for Lambda. */
export async function bundle(path: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL(path, import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
}
