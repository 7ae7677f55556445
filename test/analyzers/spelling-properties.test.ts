import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { runs } from '../property-runs.ts';
import { type Element, essenceOf, judgeText, statements, textOf, type WrittenStatement } from './written-policies.ts';

// What a document says must not depend on how it is written.

type ElementName = 'Action' | 'NotAction' | 'Resource' | 'NotResource';
const elementNames: readonly ElementName[] = ['Action', 'NotAction', 'Resource', 'NotResource'];

/** A statement with its elements rewritten, those that it has. */
function rewritten(
  statement: WrittenStatement,
  rewrite: (values: Element, name: ElementName) => Element,
  names = elementNames,
): WrittenStatement {
  const elements = names.flatMap((name) => {
    const values = statement[name];
    return values === undefined ? [] : [[name, rewrite(values, name)] as const];
  });
  return { ...statement, ...Object.fromEntries(elements) };
}

const essence = (written: WrittenStatement | readonly WrittenStatement[]) => essenceOf(judgeText(textOf(written)));

/** Decisions that a property makes along the way: numbers from 0 up to 2 ** 32, taken in turn. */
const decisions = fc.array(fc.nat(0xffffffff), { minLength: 20, maxLength: 40 });

/** The same list of decisions as often as it takes. */
function taken(numbers: readonly number[]): (below: number) => number {
  let at = 0;
  return (below) => (numbers[at++ % numbers.length] ?? 0) % below;
}

test('the order of statements, of values and of keys changes nothing', () => {
  fc.assert(
    fc.property(statements, decisions, (written, numbers) => {
      const next = taken(numbers);
      const shuffled = <T>(items: readonly T[]) => {
        const rest = [...items];
        return items.flatMap(() => rest.splice(next(rest.length), 1));
      };
      const mixed = shuffled(written).map((statement) => {
        const listed = rewritten(statement, (values) => shuffled([values].flat()));
        return Object.fromEntries(shuffled(Object.entries(listed))) as unknown as WrittenStatement;
      });
      expect(essence(mixed)).toEqual(essence(written));
    }),
    runs(100),
  );
});

test('the case of actions, of condition operators and of condition keys changes nothing', () => {
  fc.assert(
    fc.property(statements, decisions, (written, numbers) => {
      const next = taken(numbers);
      const mixed = (text: string) => [...text].map((letter) => (next(2) === 0 ? letter.toUpperCase() : letter.toLowerCase())).join('');
      const oddly = written.map((statement) => {
        const named = rewritten(statement, (values) => [values].flat().map(mixed), ['Action', 'NotAction']);
        if (statement.Condition === undefined) return named;
        const block = Object.entries(statement.Condition).map(([operator, keys]) => [
          mixed(operator),
          Object.fromEntries(Object.entries(keys).map(([key, value]) => [mixed(key), value])),
        ]);
        return { ...named, Condition: Object.fromEntries(block) };
      });
      expect(essence(oddly)).toEqual(essence(written));
    }),
    runs(100),
  );
});

test('a scalar is a list of one, and a lone statement too', () => {
  fc.assert(
    fc.property(statements, (written) => {
      const terse = written.map((statement) =>
        rewritten(statement, (values) => (typeof values !== 'string' && values.length === 1 ? (values[0] ?? '') : values)),
      );
      expect(essence(terse)).toEqual(essence(written));
      const [lone] = written;
      if (lone) expect(essence(lone)).toEqual(essence([lone]));
    }),
    runs(100),
  );
});

test.each(['Action', 'Resource'] as const)('a statement split by the values of its %s means the same', (name) => {
  const split = (statement: WrittenStatement): WrittenStatement[] => {
    const values = statement[name];
    return values === undefined ? [statement] : [values].flat().map((value) => ({ ...statement, [name]: value }));
  };
  fc.assert(
    fc.property(statements, (written) => {
      expect(essence(written.flatMap(split))).toEqual(essence(written));
    }),
    runs(100),
  );
});

test('several policies mean what one with all their statements means', () => {
  fc.assert(
    fc.property(statements, (written) => {
      const policies = written.map((statement, index) => ({ policy: parsePolicy(textOf(statement)), name: `p${index}` }));
      expect(essenceOf(analyzePolicies({ policies, partition: 'aws' }))).toEqual(essence(written));
    }),
    runs(100),
  );
});

/** The same JSON with characters of its strings, keys too, as `\uXXXX` and with white space between its tokens. */
function spelledOddly(json: string, next: (below: number) => number): string {
  const space = () => ['', '', ' ', '\n', '\t', '\r\n  '][next(6)] ?? '';
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[^"]/g) ?? [];
  const spelled = tokens.map((token) =>
    token.startsWith('"') ? token.replace(/(?<!\\)[^"\\]/g, (letter) => (next(3) === 0 ? escaped(letter) : letter)) : token,
  );
  return spelled.map((token) => `${space()}${token}${space()}`).join('');
}

test('JSON escapes and white space change nothing, not even where a finding points', () => {
  fc.assert(
    fc.property(statements, decisions, (written, numbers) => {
      const plain = textOf(written);
      const odd = spelledOddly(plain, taken(numbers));
      expect(JSON.parse(odd)).toEqual(JSON.parse(plain));
      expect(judgeText(odd)).toEqual(judgeText(plain));
    }),
    runs(100),
  );
});

test('the URL-encoding of a document and a byte order mark change nothing', () => {
  fc.assert(
    fc.property(statements, (written) => {
      const plain = textOf(written);
      expect(judgeText(encodeURIComponent(plain))).toEqual(judgeText(plain));
      expect(judgeText(`\u{FEFF}${plain}`)).toEqual(judgeText(plain));
    }),
    runs(100),
  );
});
