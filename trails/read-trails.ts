import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { collect } from './collect.ts';
import { decodeText } from './decode-text.ts';
import { faultOf, isFolder, listFiles } from './list-files.ts';
import { readText } from './read-text.ts';
import type { TrailItem } from './trail-item.ts';

/** What readTrails needs besides paths. */
export interface TrailInput {
  /** Read where a path is `-`. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Only records with this `eventSource` are given; those of other services are passed by unexamined. */
  readonly service: string;
}

/** Files that CloudTrail writes beside its logs, and that hold no records of calls. */
const besideTheLogs = /_CloudTrail-(Digest|Insight|Aggregated)_/;

/**
 * Reads trails from files, folder trees and standard input (`-`), in the order given. What cannot be read is a problem of
 * its own and harms nothing else. A folder in which no file is a trail is a problem too.
 */
export async function* readTrails(paths: readonly string[], input: TrailInput): AsyncIterable<TrailItem> {
  for (const path of paths) {
    if (path === '-') yield* asNamed(itemsOf(path, await collect(input.stdin), input.service));
    else if (await isFolder(path)) yield* readFolder(path, input.service);
    else yield* asNamed(await readTrailFile(path, input.service));
  }
}

async function* readFolder(folder: string, service: string): AsyncIterable<TrailItem> {
  const { files, others } = await listFiles(folder);
  yield* others;
  let trails = 0;
  for (const file of files) {
    const items = await readTrailFile(file, service);
    if (!items.some((item) => item.kind === 'skipped')) trails += 1;
    yield* items;
  }
  if (trails === 0) yield { kind: 'problem', source: folder, message: 'no CloudTrail log in this folder' };
}

async function readTrailFile(path: string, service: string): Promise<readonly TrailItem[]> {
  if (besideTheLogs.test(basename(path)))
    return [{ kind: 'skipped', source: path, why: 'a digest or insight file, which holds no records' }];
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return [{ kind: 'problem', source: path, message: faultOf(error) }];
  }
  return itemsOf(path, bytes, service);
}

function itemsOf(source: string, bytes: Uint8Array, service: string): readonly TrailItem[] {
  const decoded = decodeText(bytes);
  if ('why' in decoded) {
    return [decoded.binary ? { kind: 'skipped', source, why: decoded.why } : { kind: 'problem', source, message: decoded.why }];
  }
  const read = readText(source, decoded.text, service);
  return 'items' in read ? read.items : [{ kind: 'skipped', source, why: read.noTrail }];
}

/** What may be passed over in a folder is not what someone asked for by name. */
function asNamed(items: readonly TrailItem[]): TrailItem[] {
  return items.map((item) => (item.kind === 'skipped' ? { kind: 'problem', source: item.source, message: item.why } : item));
}
