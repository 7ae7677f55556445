import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrailItem } from './trail-item.ts';

/** The files of a folder tree, in path order, and what of it is passed over or could not be listed. */
export interface FileList {
  readonly files: readonly string[];
  readonly others: readonly TrailItem[];
}

/** Lists a folder tree. Hidden entries and links to folders (which may lead in circles) are passed over and named. */
export async function listFiles(folder: string): Promise<FileList> {
  const files: string[] = [];
  const others: TrailItem[] = [];
  await visit(folder, files, others);
  return { files: files.sort(), others: others.sort((a, b) => (a.source < b.source ? -1 : 1)) };
}

async function visit(folder: string, files: string[], others: TrailItem[]): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    others.push({ kind: 'problem', source: folder, message: faultOf(error) });
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const type = entry.isSymbolicLink() ? await linkedType(path) : entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';
    if (entry.name.startsWith('.')) others.push({ kind: 'skipped', source: path, why: 'hidden' });
    else if (type === 'folder') await visit(path, files, others);
    else if (type === 'file') files.push(path);
    else others.push({ kind: 'skipped', source: path, why: 'neither a file nor a folder of its own' });
  }
}

async function linkedType(path: string): Promise<'file' | 'other'> {
  try {
    return (await stat(path)).isFile() ? 'file' : 'other';
  } catch {
    // A link that leads nowhere is named when its file is read
    return 'file';
  }
}

/** Whether a path leads to a folder. Whatever is wrong with a path is told when it is read as a file. */
export async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

/** What the file system answered, as a person would say it. */
export function faultOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ERR_FS_FILE_TOO_LARGE') return 'too large to be read at once: split it';
  return error instanceof Error ? error.message : String(error);
}
