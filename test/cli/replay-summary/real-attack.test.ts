import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createReplaySummary } from '../../../cli/replay-summary/create-replay-summary.ts';
import { defaultConfiguration } from '../../../schemas/configuration.ts';
import { validateVerdict } from '../../../schemas/validate.ts';
import { jsonLines, trailguard } from '../run-command.ts';

const folder = fileURLToPath(new URL('../../../../shared/corpus/cloudtrail/invictus-trail/', import.meta.url));

interface Record {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventName: string;
  readonly userIdentity: { readonly userName?: string };
  readonly requestParameters?: { readonly userName?: string; readonly roleName?: string };
}

const present = existsSync(folder);
if (!present) process.stderr.write('\nSKIPPED: test/cli/replay-summary/real-attack.test.ts: its trail is not beside this checkout\n\n');

describe.runIf(present)('the summary of a real attack', () => {
  test('is the one that the documentation shows', { timeout: 120_000 }, async () => {
    const { out } = await trailguard(['replay', folder], { env: { COLUMNS: '100' } });
    const page = readFileSync(new URL('../../../docs/replay-of-a-real-attack.md', import.meta.url), 'utf8');
    const shown = /```\n(Stories[\s\S]+?)\n```/.exec(page)?.[1];
    expect(out.slice(out.indexOf('Stories')).trimEnd()).toBe(shown);
  });

  test('tells of each change what its record tells: when, by whom and of whom', { timeout: 120_000 }, async () => {
    const { out } = await trailguard(['replay', '--format', 'jsonl', folder]);
    const summary = createReplaySummary(defaultConfiguration);
    for (const verdict of jsonLines(out).map(validateVerdict)) summary.add(verdict);
    const { stories } = await summary.result({ looked: { records: 0, duplicates: 0 } });
    const records = recordsById();
    const lines = stories.flatMap(({ user, lines: own }) => own.map((line) => ({ user, ...line })));
    const told = lines.flatMap(({ eventIds }) => eventIds);
    expect(told).toHaveLength(25);
    expect(new Set(told).size).toBe(told.length);
    for (const { user, time, until, text, eventIds } of lines) {
      const own = eventIds.map((id) => records.get(id));
      expect(own.map((record) => record?.userIdentity.userName)).toEqual(own.map(() => user));
      expect(Date.parse(own[0]?.eventTime ?? '')).toBe(Date.parse(time));
      expect(Date.parse(own.at(-1)?.eventTime ?? '')).toBe(Date.parse(until ?? time));
      const targets = new Set(own.map((record) => record?.requestParameters?.userName ?? record?.requestParameters?.roleName));
      expect(targets.size).toBe(1);
      expect(text).toContain(String([...targets][0]));
    }
  });
});

function recordsById(): Map<string, Record> {
  const records = readdirSync(folder).flatMap(
    (name): Record[] => JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString()).Records,
  );
  return new Map(records.map((record) => [record.eventID, record]));
}
