import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../policy/parse.ts';
import { refusal } from './documents.ts';

const allowAll = '"Effect":"Allow","Action":"kms:*","Resource":"*"';
const denyAll = '"Effect":"Deny","Action":"kms:*","Resource":"*"';
const withMfa = '"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}';

const effectsOf = (text: string) => parsePolicy(text).statements.map(({ effect }) => effect);

describe('a duplicate key is told', () => {
  test('where the text is as short as it can be, whatever numbers are longer once they are read', () => {
    const condition = (value: string) => `"Condition":{"NumericLessThan":{"aws:MultiFactorAuthAge":${value}}}`;
    expect(parsePolicy(`{"Statement":{"Sid":"12345678",${allowAll},${condition('1e20')},"Sid":"aaaaaaaaaa"}}`).problems).toHaveLength(1);
    expect(parsePolicy(`{"Statement":{${allowAll},${condition('1e20')}}}`).problems).toEqual([]);
    expect(
      parsePolicy(`{"Statement":{${allowAll},"Condition":{"Null":{"aws:SourceIp":[true,false]}},"Sid":{},"Sid":[]}}`).problems,
    ).toHaveLength(1);
  });

  test('by its name, place and pointer', () => {
    const text = `{"Statement":[{${allowAll}},\n  {"Sid":"a",${allowAll},"Sid":"b"}]}`;
    expect(parsePolicy(text).problems).toEqual([
      {
        message: 'duplicate key `Sid`: IAM refuses it, and it is read at its worst',
        pointer: '/Statement/1/Sid',
        line: 2,
        column: text.lastIndexOf('"Sid"') - text.indexOf('\n'),
      },
    ]);
  });

  test('once for each time that it comes again', () => {
    expect(parsePolicy(`{"Statement":{${allowAll},"Sid":"a","Sid":"b","Sid":"c"}}`).problems).toHaveLength(2);
  });

  test('with its special characters as a pointer has them', () => {
    const text = `{"Statement":{${allowAll},"Condition":{"Bool":{"a/b~c":"true","a/b~c":"false"}}}}`;
    expect(parsePolicy(text).problems.map(({ pointer }) => pointer)).toEqual(['/Statement/Condition/Bool/a~1b~0c']);
  });

  test.each([' ', '\n', '\t', '\r', ' \n\t'])('where another key has white space before its colon: %j', (space) => {
    expect(parsePolicy(`{"Version"${space}:"2012-10-17","Statement":{${denyAll},"Effect":"Allow"}}`).problems).toHaveLength(1);
  });

  test('where a value has escapes', () => {
    expect(parsePolicy(`{"Statement":{"Sid":"a\\":",${denyAll},"Effect":"Allow"}}`).problems).toHaveLength(1);
    expect(parsePolicy(`{"Statement":{"Sid":"a\\":",${denyAll}}}`).problems).toEqual([]);
  });
});

describe('only what a duplicate touches is doubted', () => {
  test('a Deny beside the statement stands, one in it does not', () => {
    expect(effectsOf(`{"Statement":[{${allowAll},"Sid":"a","Sid":"b"},{${denyAll}}]}`)).toEqual(['Allow', 'Allow', 'Deny']);
    expect(effectsOf(`{"Statement":[{${allowAll}},{${denyAll},"Sid":"a","Sid":"b"}]}`)).toEqual(['Allow']);
  });

  test('a lone statement is not doubted for a key beside it', () => {
    const [statement] = parsePolicy(`{"Id":"a","Id":"b","Statement":{${denyAll},${withMfa}}}`).statements;
    expect(statement?.effect).toBe('Deny');
    expect(statement?.pointer).toBe('/Statement');
    expect(statement?.conditions.map(({ doubtful }) => doubtful)).toEqual([undefined]);
  });

  test('every statement is where there are two lists of them', () => {
    const twice = `{"Statement":[{${allowAll},${withMfa}},{${denyAll}}],"Statement":{${denyAll}}}`;
    expect(effectsOf(twice)).toEqual(['Allow']);
    expect(parsePolicy(twice).statements[0]?.conditions[0]?.doubtful).toBe(true);
  });

  test('a duplicate deep in a statement doubts its conditions', () => {
    const condition = '"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true","aws:MultiFactorAuthPresent":"false"}}';
    expect(parsePolicy(`{"Statement":{${allowAll},${condition}}}`).statements.map(({ conditions }) => conditions[0]?.doubtful)).toEqual([
      true,
    ]);
  });
});

test('a list of objects beside a duplicate is none', () => {
  const tags = '"Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]';
  expect(effectsOf(`{"Statement":[{${allowAll},"Sid":"a","Sid":"b"},{${denyAll},${tags}}]}`)).toEqual(['Allow', 'Allow', 'Deny']);
});

test('an error of grammar beside a duplicate is told with its place', () => {
  const text = `{"Id":"a","Id":"b","Statement":[{${allowAll}},\n {"Effect":"Allow","Action":5,"Resource":"*"}]}`;
  expect(refusal(text)).toMatchObject({ message: 'statement 1 has a value in `Action` that is not text', line: 2, column: 29 });
});

describe('the version', () => {
  const resourceOf = (versions: string) =>
    parsePolicy(`{${versions},"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"\${*}","Sid":"a","Sid":"b"}}`).statements[0]
      ?.resource.patterns[0]?.glob;

  test('counts where it stands once', () => {
    expect(resourceOf('"Version":"2012-10-17"')).not.toBe('${*}');
    expect(resourceOf('"Version":"2008-10-17"')).toBe('${*}');
  });

  test('is the older where there is none', () => {
    expect(parsePolicy(`{"Id":"a","Id":"b","Statement":{${allowAll}}}`).version).toBe('2008-10-17');
  });

  test('is the older where it stands twice: its wildcards are the wider', () => {
    expect(resourceOf('"Version":"2008-10-17","Version":"2012-10-17"')).toBe('${*}');
    expect(parsePolicy(`{"Version":"2012-10-17","Version":"2012-10-17","Statement":{${allowAll}}}`).version).toBe('2008-10-17');
  });
});

describe('a document with duplicates is refused', () => {
  const doubled = (count: number) => Array.from({ length: count }, (_, i) => `"K${i}":1,"K${i}":2`).join();

  test('where a statement has more than eight readings', () => {
    expect(parsePolicy(`{"Statement":{${allowAll},${doubled(3)}}}`).statements).toHaveLength(8);
    expect(refusal(`{"Statement":{${allowAll},${doubled(4)}}}`).message).toBe('the document has too many duplicate keys to be read');
  });

  test('where it has no statement, or one that is no object', () => {
    expect(refusal('{"Id":"a","Id":"b"}').message).toBe(
      'the document has no `Statement`: it is no policy (element names are case-sensitive)',
    );
    expect(refusal('{"Id":"a","Id":"b","Statement":["x"]}').message).toBe('statement 0 is not an object');
  });
});
