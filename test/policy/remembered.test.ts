import { describe, expect, test } from 'vitest';
import { forTheLast, onceForEach, onceForEachPair, onceOn, remembered } from '../../policy/remembered.ts';

/** A function that counts how often it is asked, and says of what. */
function counted() {
  const asked: string[] = [];
  const answer = (...about: { name: string }[] | string[]) => {
    const text = about.map((one) => (typeof one === 'string' ? one : one.name)).join(' ');
    asked.push(text);
    return `answer to ${text}`;
  };
  return { asked, answer };
}

const [a, b] = [{ name: 'a' }, { name: 'b' }];

describe('of texts', () => {
  test('each is asked about once', () => {
    const { asked, answer } = counted();
    const answerTo = remembered((text) => answer(text));
    expect(['x', 'y', 'x', 'y'].map(answerTo)).toEqual(['answer to x', 'answer to y', 'answer to x', 'answer to y']);
    expect(asked).toEqual(['x', 'y']);
  });

  test('so many are kept, and then all are forgotten', () => {
    const { asked, answer } = counted();
    const answerTo = remembered((text) => answer(text), 2);
    for (const text of ['x', 'y', 'x', 'y', 'z', 'z', 'x']) answerTo(text);
    expect(asked).toEqual(['x', 'y', 'z', 'x']);
  });

  test('a long one is not kept: whoever writes policies could fill the memory with them', () => {
    const { asked, answer } = counted();
    const answerTo = remembered((text) => answer(text));
    for (const length of [200, 201]) for (let time = 0; time < 2; time++) answerTo('x'.repeat(length));
    expect(asked.map(({ length }) => length)).toEqual([200, 201, 201]);
  });
});

describe('of objects', () => {
  test('each is asked about once', () => {
    for (const keeping of [onceForEach, onceOn]) {
      const { asked, answer } = counted();
      const answerTo = keeping((object: { name: string }) => answer(object));
      expect([a, b, a, b].map(answerTo)).toEqual(['answer to a', 'answer to b', 'answer to a', 'answer to b']);
      expect(asked).toEqual(['a', 'b']);
    }
  });

  test('each is asked about once with each text', () => {
    const { asked, answer } = counted();
    const answerTo = onceForEachPair((object: { name: string }, text) => answer(object.name, text));
    expect(answerTo(a, 'x')).toBe('answer to a x');
    for (const text of ['x', 'y']) for (const object of [a, b, a, b]) answerTo(object, text);
    expect(asked).toEqual(['a x', 'b x', 'a y', 'b y']);
  });

  test('the last alone is kept', () => {
    const { asked, answer } = counted();
    const answerTo = forTheLast((object: { name: string }) => answer(object));
    expect([a, a, b, b, a].map(answerTo)).toEqual(['answer to a', 'answer to a', 'answer to b', 'answer to b', 'answer to a']);
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  test('what is kept on an object is not seen on it', () => {
    const object = { name: 'a' };
    onceOn(({ name }: { name: string }) => name)(object);
    expect(object).toEqual({ name: 'a' });
    expect(Object.keys(object)).toEqual(['name']);
    expect(JSON.stringify({ ...object })).toBe('{"name":"a"}');
  });
});
