import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../events/catalog.ts';
import { deniedTarget } from '../../events/denied-target.ts';
import { interpret } from '../../events/interpret.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { validateRecord } from '../../schemas/validate.ts';

const corpus = new URL('../../../shared/corpus/cloudtrail/', import.meta.url);
const present = existsSync(corpus);
if (!present) process.stderr.write('\nSKIPPED: test/events/corpus.test.ts: there is no corpus of real trails beside this checkout\n\n');

function jsonLines(name: string): CloudTrailRecord[] {
  const lines = readFileSync(new URL(name, corpus), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => validateRecord(JSON.parse(line)));
}

function trail(name: string): CloudTrailRecord[] {
  const folder = new URL(`${name}/`, corpus);
  const contents = readdirSync(folder).map((file) => JSON.parse(gunzipSync(readFileSync(new URL(file, folder))).toString('utf8')));
  return contents.flatMap(({ Records }: { Records: unknown[] }) => Records.map(validateRecord));
}

describe.runIf(present)('real trails', () => {
  it('name the target of every denied call that is in the catalog', () => {
    const changes = jsonLines('traildiscover-denied.jsonl').flatMap((record) => interpret(record, 'id') ?? []);
    expect(changes).toHaveLength(27);
    for (const { eventName, errorCode, subject } of changes) {
      expect(errorCode, eventName).toBe('AccessDenied');
      expect(subject.name, eventName).toMatch(/^TrailDiscover/);
    }
  });

  it('are denied with messages that all name their target, but for an instance profile', () => {
    const messages = jsonLines('traildiscover-denied.jsonl').flatMap(({ errorMessage }) => errorMessage ?? []);
    expect(messages).toHaveLength(32);
    expect(messages.filter((message) => deniedTarget(message) === undefined)).toStrictEqual([expect.stringContaining('instance profile')]);
  });

  it('are interpreted whole, each change with its subject', () => {
    const records = [...jsonLines('invictus-iam.jsonl'), ...trail('invictus-trail')];
    const known = records.filter(({ eventName, eventSource }) => eventSource === 'iam.amazonaws.com' && eventName in catalog);
    const changes = records.flatMap((record) => interpret(record, 'id') ?? []);
    expect(changes).toHaveLength(known.length);
    expect(changes.length).toBeGreaterThan(40);
    for (const { eventName, subject, account, region } of changes) {
      expect(subject.name, eventName).toBeTypeOf('string');
      expect(account).toMatch(/^\d{12}$/);
      expect(region).toBe('us-east-1');
    }
  });
});
