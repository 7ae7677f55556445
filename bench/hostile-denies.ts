import { allow, deny, grown, type HostileDocument, list, managed, names } from './hostile-text.ts';

/** Denies, and what several partitions multiply. */
export const manyDenies: readonly HostileDocument[] = [
  { name: 'Allow all, many Denies', text: grown(managed, (n) => [allow('*'), ...list(n, (i) => deny(`*:*${names(i, 2)}*`))]) },
  {
    name: 'Allow all, many Denies in fifteens that match nothing',
    text: grown(managed, (n) => [allow('*'), ...list(n, (i) => deny(list(15, (j) => `*:*zq${names(i * 15 + j, 2)}`)))]),
  },
  {
    name: 'Allow all, many Denies of one bucket',
    text: grown(managed, (n) => [allow('*'), ...list(n, (i) => deny('*', `arn:aws:s3:::${names(i, 2)}`))]),
  },
  {
    name: 'Allow all, many Denies of all but some',
    text: grown(managed, (n) => [
      allow('*'),
      ...list(n, (i) => ({ Effect: 'Deny', Action: '*', NotResource: list(7, (j) => `*${names(i * 7 + j, 2)}*`) })),
    ]),
  },
  {
    name: 'Allow all, conditional Denies',
    text: grown(managed, (n) => [allow('*'), ...list(n, (i) => ({ ...deny(`*:*${names(i, 2)}*`), Condition: { Bool: { a: true } } }))]),
  },
  {
    name: 'NotAction in Allow and Deny',
    text: grown(managed, (n) =>
      list(n, (i) => ({ Effect: i % 2 ? 'Allow' : 'Deny', NotAction: list(15, (j) => `*:*${names(i * 15 + j, 2)}*`), Resource: '*' })),
    ),
  },
  { name: 'resources of eight partitions', text: grown(managed, (n) => [allow('*', [...list(n, (i) => `arn:aws-*${names(i, 2)}*`)])]) },
  {
    name: 'everything in eight partitions, denied in part',
    text: grown(managed, (n) => [allow('*', 'arn:aws-*'), allow('*:a*', 'arn:aws*'), ...list(n, (i) => deny(`*:*q${names(i, 2)}`))]),
  },
];
