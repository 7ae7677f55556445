import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvFields } from '../../iam/csv-line.ts';

describe('the fields of a line of CSV', () => {
  test.each([
    ['', ['']],
    ['a,b', ['a', 'b']],
    [',x,', ['', 'x', '']],
    ['"a,b","say ""x""",""', ['a,b', 'say "x"', '']],
  ])('of `%s`', (line, fields) => {
    expect(csvFields(line)).toEqual(fields);
  });

  test.each(['a"b,c', '"a"b,c', 'a,"b', '"a,b', '"a" ,b'])('`%s` is not well-formed', (line) => {
    expect(csvFields(line)).toBeUndefined();
  });

  test('whatever is written by RFC 4180 is read back', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', ' ', 'é') });
    const field = fc.tuple(text, fc.boolean()).map(([read, quote]) => {
      const written = quote || /[",]/.test(read) ? `"${read.replaceAll('"', '""')}"` : read;
      return { read, written };
    });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 5 }), (fields) => {
        expect(csvFields(fields.map(({ written }) => written).join(','))).toEqual(fields.map(({ read }) => read));
      }),
    );
  });
});
