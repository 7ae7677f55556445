import { expect, test } from 'vitest';
import { locate } from '../../policy/locate.ts';

const text = `{\r
\t"Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["s3:*",
      "kms:*"], "Resource": "*", "a/b~c": { "0": 1 } }
  ]
}`;

test.each([
  ['', 1, 1],
  ['/Version', 2, 13],
  ['/Statement/0', 4, 5],
  ['/Statement/0/Action/0', 4, 37],
  ['/Statement/0/Action/1', 5, 7],
  ['/Statement/0/a~1b~0c', 5, 43],
  ['/Statement/0/a~1b~0c/0', 5, 50],
])('%s stands at its line and column', (pointer, line, column) => {
  expect(locate(text)(pointer)).toEqual({ line, column });
});

test('a URL-encoded text is located as it decodes', () => {
  expect(locate(encodeURIComponent(text))('/Version')).toEqual({ line: 2, column: 13 });
});

test('the eleventh of a list is found', () => {
  expect(locate('[0,1,2,3,4,5,6,7,8,9,{}]')('/10')).toEqual({ line: 1, column: 22 });
});

test.each(['/Nothing', '/Statement/7', '/Statement/0/Action/x', '/Statement/0/Action/1e0', '/Statement/0/Action/0x1'])(
  '%s stands nowhere',
  (pointer) => {
    expect(locate(text)(pointer)).toBeUndefined();
  },
);
