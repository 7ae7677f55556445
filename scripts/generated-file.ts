import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes a generated file, or with `--check` on the command line fails where the file on disk is not what would be written.
 * `sources` is what a stale file no longer follows, in words.
 */
export function writeOrCheck(path: string, content: string, sources = 'its sources'): void {
  if (!process.argv.includes('--check')) {
    writeFileSync(path, content);
    return;
  }
  if (onDisk(path) === content) return;
  console.error(`\`${path}\` is not what ${sources} say: run \`npm run generate\` and commit the result; it is stale`);
  process.exitCode = 1;
}

function onDisk(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
