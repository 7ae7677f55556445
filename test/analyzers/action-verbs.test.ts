import { describe, expect, test } from 'vitest';
import { holds, verbsIn, wordsOf } from '../../analyzers/action-verbs.ts';

/** The patterns that say most of the names but those after `but`. */
function said(names: readonly string[], ...but: readonly string[]): string[] {
  return verbsIn([...names, ...but], (name, at) => at < names.length && !but.includes(name)).map(({ pattern }) => pattern);
}

describe('the verbs of a service', () => {
  test('stand for all names that begin with them', () => {
    expect(said(['GetQueue', 'PutQueue', 'GetMessage', 'PutMessage'])).toEqual(['Get*', 'Put*']);
  });

  test('of one name are that name', () => {
    expect(said(['GetQueue', 'PutQueue'])).toEqual(['GetQueue', 'PutQueue']);
  });

  test('of names that are not all wanted are the plainest of those that are, the first of equals', () => {
    expect(said(['PutObject', 'PutAcl', 'PutTag'], 'PutPolicy')).toEqual(['PutAcl']);
  });

  test('are told from what begins alike and is not wanted, in any case', () => {
    expect(said(['ListQueues', 'ListTags'], 'ListenToAll')).toEqual(['ListTags']);
    expect(said(['ListQueues', 'ListTags'], 'LISTALL')).toEqual(['ListTags']);
    expect(said(['ListQueues', 'ListTags'], 'GetList')).toEqual(['List*']);
  });

  test('hold what another wanted verb says, which is then left out', () => {
    expect(said(['ListQueues', 'ListTags', 'ListenHere'])).toEqual(['List*']);
    expect(said(['ListenHere', 'ListQueues', 'ListTags', 'Send'])).toEqual(['List*', 'Send']);
  });

  test('are whole words: a name that begins with an abbreviation is by itself', () => {
    expect(said(['DBGetTable', 'GetTable'])).toEqual(['DBGetTable', 'GetTable']);
  });

  test('know the plainest name besides the pattern', () => {
    expect(verbsIn(['PublishBatch', 'Publish', 'SendMessage'], () => true)).toMatchObject([
      { pattern: 'Publish*', plainest: 'Publish' },
      { pattern: 'SendMessage', plainest: 'SendMessage' },
    ]);
  });

  test('are none where nothing is wanted', () => {
    expect(said([], 'GetQueue')).toEqual([]);
  });
});

describe('of names of many words', () => {
  test('those of three at the most come before longer ones', () => {
    expect(said(['SendLongMessage', 'ChangeVeryLongMessage'])).toEqual(['SendLongMessage']);
  });

  test('those under a common verb stand, however long', () => {
    expect(said(['SetAllOfMyQueues', 'SetSomeOfMyQueues', 'Send'])).toEqual(['Send', 'Set*']);
  });

  test('the longer stand where there are no others', () => {
    expect(said(['ChangeMyVeryLongMessage'])).toEqual(['ChangeMyVeryLongMessage']);
  });
});

describe('of more than five verbs', () => {
  test('those of most names stand, told by name', () => {
    const many = ['Tag', 'Set', 'Get', 'Put', 'Add'].flatMap((verb) => [`${verb}One`, `${verb}Two`]);
    expect(said(['GoUp', ...many])).toEqual(['Add*', 'Get*', 'Put*', 'Set*', 'Tag*']);
  });

  test('those that are names by themselves come first, even before verbs of more names', () => {
    const many = ['Tag', 'Set', 'Get', 'Put', 'Add'].flatMap((verb) => [`${verb}One`, `${verb}Two`]);
    expect(said([...many, 'Zip'])).toEqual(['Get*', 'Put*', 'Set*', 'Tag*', 'Zip']);
  });

  test('of those with as many names, the shorter stand', () => {
    expect(said(['MoveItems', 'LongerName', 'SetOne', 'GetOne', 'PutOne', 'AddOne'])).toEqual([
      'AddOne',
      'GetOne',
      'MoveItems',
      'PutOne',
      'SetOne',
    ]);
  });
});

describe('a pattern holds a name', () => {
  test.each([
    ['Get*', 'GetObject', true],
    ['get*', 'GETOBJECT', true],
    ['GetObject', 'getobject', true],
    ['Get*', 'Get', true],
    ['Get*', 'BudgetGet', false],
    ['GetObject', 'GetObjects', false],
    ['GetObject', 'PutObject', false],
  ])('%s %s: %s', (pattern, name, held) => {
    expect(holds(pattern, name)).toBe(held);
  });
});

test.each([
  ['PutObjectACL', ['Put', 'Object', 'ACL']],
  ['GetIPSet', ['Get', 'IP', 'Set']],
  ['DBGetTable', ['DB', 'Get', 'Table']],
  ['invokeURL', ['invoke', 'URL']],
  ['42', []],
])('the words of %s', (name, words) => {
  expect(wordsOf(name)).toEqual(words);
});
