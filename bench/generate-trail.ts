/**
 * Writes a made-up tree of CloudTrail logs, as a trail delivers one: folders by account, Region and day, gzipped files of some hundred
 * to some thousand records each. Every record has ids of its own, so that nothing compresses or repeats better than in a real tree. The same
 * parameters give the same bytes; a tree is kept in the folder for temporary files until `removeTrails` is called.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createIamHistory } from './trail-iam.ts';
import { account, createChance, otherRecord, regions } from './trail-records.ts';

/** What a tree is made of. */
export interface TrailShape {
  /** Of all files, unpacked. */
  readonly megabytes: number;
  /** One record in so many is of the catalog. */
  readonly oneIn: number;
}

/** A tree that was made: where it is, and what is in it. */
export interface GeneratedTrail extends TrailShape {
  readonly folder: string;
  readonly files: number;
  readonly records: number;
  /** Records of events that the catalog knows. */
  readonly catalogued: number;
}

const prefix = 'trailguard-bench-trail-v1-';
const start = Date.UTC(2026, 2, 2);

/** A tree of this shape: the one made before where there is one. */
export function generateTrail({ megabytes, oneIn }: TrailShape): GeneratedTrail {
  const folder = join(tmpdir(), `${prefix}${megabytes}mb-1in${oneIn}`);
  const counts = `${folder}.json`;
  if (!existsSync(counts)) {
    rmSync(folder, { recursive: true, force: true });
    // Written last: a tree that was not finished has none
    writeFileSync(counts, JSON.stringify(write(folder, megabytes * 1e6, oneIn)));
  }
  return { megabytes, oneIn, folder, ...JSON.parse(readFileSync(counts, 'utf8')) };
}

/** Removes every tree that was made. */
export function removeTrails(): void {
  for (const name of readdirSync(tmpdir())) if (name.startsWith(prefix)) rmSync(join(tmpdir(), name), { recursive: true });
}

function write(folder: string, bytes: number, oneIn: number): Pick<GeneratedTrail, 'files' | 'records' | 'catalogued'> {
  const chance = createChance(Math.floor(bytes / 1e6) * 1_009 + oneIn);
  const iam = createIamHistory(chance);
  let [written, files, records, catalogued] = [0, 0, 0, 0];
  for (let minute = 0; written < bytes; minute += 5) {
    for (const region of regions) {
      const texts: string[] = [];
      // Some files hold a few records, some a few thousand, as the hours of a day go
      const count = 40 + Math.floor(chance.number() ** 3 * 3_500);
      for (let index = 0; index < count; index += 1) {
        const time = new Date(start + minute * 60_000 + chance.below(300) * 1_000).toISOString().replace('.000Z', 'Z');
        const ofCatalog = records % oneIn === oneIn - 1;
        texts.push(ofCatalog ? iam.next(time) : otherRecord(chance, time, region));
        records += 1;
        if (ofCatalog) catalogued += 1;
      }
      const text = `{"Records":[${texts.join(',')}]}`;
      const path = join(folder, pathOf(region, new Date(start + minute * 60_000), chance.letters(16)));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, gzipSync(text));
      written += text.length;
      files += 1;
    }
  }
  return { files, records, catalogued };
}

function pathOf(region: string, time: Date, unique: string): string {
  const [day = '', clock = ''] = time.toISOString().split('T');
  const stamp = `${day.replaceAll('-', '')}T${clock.slice(0, 5).replace(':', '')}Z`;
  return `AWSLogs/${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}/${account}_CloudTrail_${region}_${stamp}_${unique}.json.gz`;
}
