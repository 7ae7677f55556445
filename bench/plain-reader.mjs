/**
 * What a replay is measured against: "gunzip and JSON.parse every file", written plainly in Node. It selects the records whose event is
 * named on its command line, and prints them one a line. `node plain-reader.mjs FOLDER EVENT…`
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [folder = '.', ...names] = process.argv.slice(2);
const events = new Set(names);
for (const name of readdirSync(folder, { recursive: true })) {
  if (!String(name).endsWith('.json.gz')) continue;
  const { Records } = JSON.parse(gunzipSync(readFileSync(join(folder, String(name)))).toString());
  const lines = [];
  for (const record of Records) {
    if (record.eventSource === 'iam.amazonaws.com' && events.has(record.eventName)) lines.push(`${JSON.stringify(record)}\n`);
  }
  process.stdout.write(lines.join(''));
}
