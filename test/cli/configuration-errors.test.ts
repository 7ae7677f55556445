import { describe, expect, it } from 'vitest';
import { trailguard } from './run-command.ts';
import { useScratch } from './scratch.ts';

const scratch = useScratch();
const replay = (config: string, cwd?: string) =>
  trailguard(['replay', '--config', config, '-'], { stdin: '{"Records":[]}', ...(cwd ? { cwd } : {}) });

describe('a configuration that is wrong', () => {
  it.each([
    ['{\n  "tagPrefix": "trailguard",\n}', /not JSON \(line 3\)/],
    ['{\n  "thresholds": {\n    "accessKeyMaxAgeDays": 0\n  }\n}', /, line 3: configuration: \/thresholds\/accessKeyMaxAgeDays must/],
    [
      '{\n  "rules": { "admin-acces": { "enabled": false } }\n}',
      /, line 2: configuration: \/rules names `admin-acces`, which is no rule \(near it: `admin-access`\)/,
    ],
    [
      '{\n  "exceptions": [\n    { "rule": "admin-access", "subject": "user/x", "owner": "o", "reason": "r", "ticket": "t", "expires": "2027-02-30" }\n  ]\n}',
      /, line 3: configuration: \/exceptions\/0\/expires is no day of the calendar/,
    ],
    [
      '{\n  "exceptions": [\n    { "rule": "admin-access", "subject": "user/x" }\n  ]\n}',
      /, line 3: configuration: \/exceptions\/0\/owner is missing/,
    ],
  ])('%s is refused, with its line', async (text, message) => {
    const { status, err } = await replay(await scratch.file('trailguard.config.json', text));
    expect(status).toBe(2);
    expect(err).toMatch(message);
  });

  it('is found in the folders above as well', async () => {
    await scratch.file('trailguard.config.json', '{ "tagPrefix": "aws" }');
    await scratch.file('deep/down/trail.json', '{"Records":[]}');
    const { status, err } = await trailguard(['replay', 'trail.json'], { cwd: `${scratch.folder}/deep/down` });
    expect(status).toBe(2);
    expect(err).toContain('/tagPrefix must');
  });
});
