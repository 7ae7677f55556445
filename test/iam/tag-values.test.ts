import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findingsTag, namesTag, parseFindingsTag, parseNamesTag, tagKey, tagValue } from '../../iam/tag-values.ts';

const valid = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

describe('keys and values', () => {
  test.each([
    ['s3:*, "all"', 's3:__ _all_'],
    ['Ünïcode 名前', 'Ünïcode 名前'],
    ['aws:reserved', 'aws_reserved'],
    ['AWS:reserved', 'AWS_reserved'],
    ['lone \ud800 surrogate', 'lone _ surrogate'],
    ['line\nbreak', 'line_break'],
  ])('%j becomes %j', (text, value) => {
    expect(tagValue(text)).toBe(value);
  });

  test('whatever the text, IAM takes the key and the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        for (const [made, least, most] of [
          [tagKey(text), 1, 128],
          [tagValue(text), 0, 256],
        ] as const) {
          expect(made).toMatch(valid);
          expect(made).not.toMatch(/^aws:/i);
          expect(made.length).toBeGreaterThanOrEqual(least);
          expect(made.length).toBeLessThanOrEqual(most);
        }
        expect(tagValue(tagValue(text))).toBe(tagValue(text));
      }),
    );
  });

  test('a letter of two code units is cut whole', () => {
    expect(tagValue(`${'a'.repeat(255)}𝒜`)).toBe('a'.repeat(255));
  });
});

describe('a findings tag', () => {
  test('lists rules with the ids of their services and paths', () => {
    const value = findingsTag([
      { rule: 'admin-access' },
      { rule: 'service-admin', services: ['s3'] },
      { rule: 'service-admin', services: ['ec2', 's3'] },
      { rule: 'privilege-escalation', paths: ['iam-PutUserPolicy'] },
    ]);
    expect(value).toBe('admin-access service-admin:s3:ec2 privilege-escalation:iam-PutUserPolicy');
  });

  test('is empty for no findings', () => {
    expect(findingsTag([])).toBe('');
    expect(parseFindingsTag('')).toEqual({ rules: new Map(), cut: false });
  });

  test('leaves out whole ids where they do not fit, and counts them; every rule stays named', () => {
    const services = Array.from({ length: 60 }, (_, index) => `service-${index}`);
    const value = findingsTag([{ rule: 'service-admin', services }, { rule: 'kms-decrypt-all-keys' }]);
    const { rules, cut } = parseFindingsTag(value);
    const kept = [...(rules.get('service-admin') ?? [])];
    expect(value.length).toBeLessThanOrEqual(256);
    expect(cut).toBe(true);
    expect(kept).toEqual(services.slice(0, kept.length));
    expect([...rules.keys()]).toEqual(['service-admin', 'kms-decrypt-all-keys']);
    expect(value.endsWith(` kms-decrypt-all-keys +${60 - kept.length}`)).toBe(true);
    expect(`${value.replace(/ \+\d+$/, '')}:service-${kept.length} +${60 - kept.length}`.length).toBeGreaterThan(256);
  });

  test('fills the 256 characters exactly before it cuts', () => {
    expect(findingsTag([{ rule: 'a'.repeat(256) }])).toHaveLength(256);
    expect(findingsTag([{ rule: 'a'.repeat(256) }, { rule: 'b' }])).toBe('+2');
    expect(findingsTag([{ rule: 'a'.repeat(253) }, { rule: 'bcd' }])).toBe(`${'a'.repeat(253)} +1`);
    expect(findingsTag([{ rule: 'a'.repeat(254) }, { rule: 'bcd' }])).toBe('+2');
  });

  const id = fc.stringMatching(/^[a-z0-9][a-zA-Z0-9_.-]{0,20}$/);
  const findings = fc.array(fc.record({ rule: id, services: fc.array(id, { maxLength: 6 }), paths: fc.array(id, { maxLength: 4 }) }), {
    maxLength: 8,
  });

  test('reads back as it was written, or says that it was cut', () => {
    fc.assert(
      fc.property(findings, (written) => {
        const expected = new Map<string, Set<string>>();
        for (const { rule, services, paths } of written)
          expected.set(rule, new Set([...(expected.get(rule) ?? []), ...services, ...paths]));
        const value = findingsTag(written);
        const { rules, cut } = parseFindingsTag(value);
        expect(value.length).toBeLessThanOrEqual(256);
        if (!cut) expect(rules).toEqual(expected);
        for (const [rule, ids] of rules) expect([...(expected.get(rule) ?? [])]).toEqual(expect.arrayContaining([...ids]));
      }),
    );
  });

  test('holds only what IAM takes, whatever the ids', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ rule: fc.string(), services: fc.array(fc.string()) }), { maxLength: 5 }), (written) => {
        expect(findingsTag(written)).toMatch(valid);
      }),
    );
    expect(parseFindingsTag(findingsTag([{ rule: '+9' }]))).toEqual({ rules: new Map([['_+9', new Set()]]), cut: false });
  });
});

describe('a list of names', () => {
  test('is cut like a findings tag', () => {
    expect(namesTag(['one', 'two', 'one', 'with,comma'])).toBe('one two with_comma');
    expect(namesTag(Array.from({ length: 100 }, (_, index) => `policy-${index}`))).toMatch(/^policy-0 .* \+\d+$/);
  });

  test('reads back', () => {
    expect(parseNamesTag('')).toEqual({ names: [], cut: 0 });
    expect(parseNamesTag(namesTag(['one', 'two', '+7']))).toEqual({ names: ['one', 'two', '_+7'], cut: 0 });
    expect(parseNamesTag('one +7')).toEqual({ names: ['one'], cut: 7 });
    expect(parseNamesTag('+7')).toEqual({ names: [], cut: 7 });
  });

  test('keeps count of what an earlier value had left out', () => {
    expect(namesTag(['one', 'two'], 7)).toBe('one two +7');
    expect(namesTag([], 7)).toBe('+7');
    expect(namesTag(['a'.repeat(253)], 7)).toBe(`${'a'.repeat(253)} +7`);
    expect(namesTag(['a'.repeat(254)], 7)).toBe('+8');
    expect(namesTag(['a'.repeat(253)], 99)).toBe('+100');
  });

  test('loses no name however often it is read and written', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_+=,.@-]{1,128}$/);
    fc.assert(
      fc.property(fc.array(fc.array(name, { maxLength: 5 }), { maxLength: 8 }), (additions) => {
        let value = '';
        for (const added of additions) {
          const before = parseNamesTag(value);
          const names = new Set([...before.names, ...parseNamesTag(added.map((each) => namesTag([each])).join(' ')).names]);
          value = namesTag([...names], before.cut);
          const after = parseNamesTag(value);
          expect(value.length).toBeLessThanOrEqual(256);
          expect(after.names.length + after.cut).toBe(names.size + before.cut);
        }
      }),
    );
  });

  test('takes a count that somebody else made up for no more than digits', () => {
    const { names, cut } = parseNamesTag(`one +${'9'.repeat(200)}`);
    expect(parseNamesTag(namesTag([...names, 'two'], cut))).toEqual({ names: ['one', 'two'], cut });
  });
});
