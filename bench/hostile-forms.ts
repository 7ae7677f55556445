import { allow, document, fitted, grown, type HostileDocument, list, managed, names, type StatementText, tag } from './hostile-text.ts';

/** The rest of the document: conditions, duplicate keys, escapes. */
export const oddForms: readonly HostileDocument[] = [
  {
    name: 'conditions',
    text: grown(managed, (n) => [
      { ...allow('*'), Condition: { StringLike: Object.fromEntries(list(n, (i) => [`a:${names(i, 3)}`, '*'])) } },
    ]),
  },
  {
    name: 'condition values `*?*?…`',
    text: grown(managed, (n) => [{ ...allow('iam:*'), Condition: { ArnLike: { 'aws:PrincipalArn': '*?'.repeat(n) } } }]),
  },
  {
    name: 'condition values',
    text: grown(managed, (n) => [
      { ...allow('iam:PassRole'), Condition: { StringLike: { 'iam:PassedToService': list(n, (i) => `*${names(i, 2)}*`) } } },
    ]),
  },
  {
    name: 'address ranges',
    text: grown(managed, (n) => [
      { ...allow('iam:*'), Condition: { IpAddress: { 'aws:SourceIp': list(n, (i) => `1.1.${i >> 8}.${i & 255}`) } } },
    ]),
  },
  { name: 'smallest statements', text: grown(managed, (n) => list(n, () => allow('a', 'a'))) },
  {
    name: 'duplicate keys',
    text: (round) =>
      fitted(managed, (n) =>
        document([allow(list(n, (i) => `*:*${names(i + round, 2)}*`))]).replace('"Effect":"Allow",', '"Effect":"Allow",'.repeat(8)),
      ),
  },
  {
    name: 'duplicate keys, three pairs',
    text: (round) => fitted(managed, (n) => duplicated(allow(list(n, (i) => `*:*${names(i + round, 2)}*`)))),
  },
  {
    name: 'escapes',
    text: (round) =>
      fitted(managed, (n) => `{"Statement":{"Effect":"Allow","Action":"s3:${'\\u0061'.repeat(n)}${tag(round)}","Resource":"*"}}`),
  },
];

function duplicated({ Action }: StatementText): string {
  const pairs = '"Effect":"Allow","Effect":"Allow","Resource":"*","Resource":"a*",';
  return `{"Version":"2012-10-17","Statement":[{${pairs}"x":1,"x":2,"Action":${JSON.stringify(Action)}}]}`;
}
