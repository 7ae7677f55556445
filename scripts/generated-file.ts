import { readFile, writeFile } from 'node:fs/promises';

/** Writes a generated file, or with `--check` on the command line fails where the file on disk is not what would be written. */
export async function writeOrCheck(path: string, content: string): Promise<void> {
  if (!process.argv.includes('--check')) return writeFile(path, content);
  const onDisk = await readFile(path, 'utf8').catch(() => undefined);
  if (onDisk !== content) {
    console.error(`${path} is stale: run \`npm run generate\` and commit the result`);
    process.exitCode = 1;
  }
}
