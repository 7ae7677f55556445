import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.ts';

/**
 * A module of this folder, imported as it is built for the package and for Lambda: what runs a script from its source names each function anew wherever
 * one is made, which slows what is measured.
 */
export async function importBuilt(name: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'trailguard-bench-'));
  const outfile = join(folder, 'built.mjs');
  try {
    await bundle(name, outfile);
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
