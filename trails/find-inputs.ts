import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { besideTheLogs, whyBeside } from './beside-the-logs.ts';
import { faultOf } from './list-files.ts';
import type { TrailItem } from './trail-item.ts';

/** A folder that was asked for, and how many trails it turned out to hold: whoever reads its files counts them. */
export interface AskedFolder {
  readonly path: string;
  trails: number;
}

/** A file to read. Without a folder somebody asked for it by its name: then it is a problem if it is no trail. */
export interface FoundFile {
  readonly kind: 'file';
  readonly path: string;
  readonly folder?: AskedFolder;
}

/** What looking for files gives: one to read, what is passed over, or a place that could not be looked at. */
export type FoundInput = FoundFile | Exclude<TrailItem, { kind: 'record' }>;

/**
 * The files of a path, which is one of them or a folder tree, by path and one folder at a time: a tree of millions is never held. Hidden
 * entries and links to folders (which may lead in circles) are passed over and named. `folders` grows by the folder that was asked for.
 */
export async function* findInputs(path: string, folders: AskedFolder[]): AsyncGenerator<FoundInput> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  if (isFolder) {
    const folder: AskedFolder = { path, trails: 0 };
    folders.push(folder);
    yield* filesBelow(path, folder);
  } else if (besideTheLogs.test(path)) yield { kind: 'problem', source: path, message: whyBeside };
  else yield { kind: 'file', path };
}

async function* filesBelow(path: string, folder: AskedFolder): AsyncGenerator<FoundInput> {
  let entries: Dirent[];
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch (error) {
    yield { kind: 'problem', source: path, message: faultOf(error) };
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const below = join(path, entry.name);
    if (entry.name.startsWith('.')) yield { kind: 'skipped', source: below, why: 'hidden' };
    else if (entry.isDirectory()) yield* filesBelow(below, folder);
    else if (besideTheLogs.test(below)) yield { kind: 'skipped', source: below, why: whyBeside };
    // A link that leads nowhere is told when its file is read
    else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(below)))) yield { kind: 'file', path: below, folder };
    else yield { kind: 'skipped', source: below, why: 'neither a file nor a folder of its own' };
  }
}

async function leadsToFile(link: string): Promise<boolean> {
  return (await stat(link).catch(() => undefined))?.isFile() ?? true;
}
