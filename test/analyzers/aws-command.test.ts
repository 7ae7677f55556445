import { expect, test } from 'vitest';
import { shellCommand } from '../../analyzers/aws-command.ts';

test.each([
  ['plain', 'plain'],
  ['a@b.c_d+e=f,g:h/i-%', 'a@b.c_d+e=f,g:h/i-%'],
  ['', "''"],
  ['two words', "'two words'"],
  [';plain', "';plain'"],
  ['plain;', "'plain;'"],
  ['a;b', "'a;b'"],
  ["it's", `'it'\\''s'`],
  ['$HOME', "'$HOME'"],
])('%j is written for a shell as %s', (word, written) => {
  expect(shellCommand('echo', word)).toBe(`echo ${written}`);
});
