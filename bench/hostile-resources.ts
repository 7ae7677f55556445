import { allow, deny, document, grown, type HostileDocument, inlineOfRole, inlineOfUser, list, managed, names } from './hostile-text.ts';

/** What is just not read at its worst: different open resources times statements, where actions are of every service. See policy/open-patterns.ts. */
const mostInStatements = 16;

/** What is just not read at its worst, though many forms of ARNs have it. See `mostCompared` in policy/open-patterns.ts. */
const justCompared: readonly { readonly name: string; readonly allows: readonly string[]; readonly denies?: readonly string[] }[] = [
  { name: 'one letter', allows: ['x*'] },
  { name: 'three letters', allows: ['app*'] },
  { name: 'words of several services', allows: ['dev*', 'log*'] },
  { name: 'words of few services', allows: ['qa*', 'test*'], denies: ['prod*'] },
  { name: 'words of few services, all allowed', allows: ['qa*', 'test*', 'prod*'] },
  { name: 'a word, another denied', allows: ['group*'], denies: ['role*'] },
];

/** Many resources: what is granted is asked for on each of them. */
export const manyResources: readonly HostileDocument[] = [
  {
    name: 'all services by name',
    text: grown(managed, (n) => [
      allow(
        list(n, (i) => `${names(i, 2)}:*`),
        'arn:aws:s3:::a',
      ),
    ]),
  },
  {
    name: 'two-letter services, many resources',
    text: grown(managed, (n) => [
      allow(
        list(n, (i) => `${names(i, 2)}:*`),
        list(n, (i) => `*${names(i, 2)}*`),
      ),
    ]),
  },
  {
    name: 'Action * on many resources',
    text: grown(managed, (n) => [
      allow(
        '*',
        list(n, (i) => `*${names(i, 2)}*`),
      ),
    ]),
  },
  {
    name: 'Action * on many narrow resources',
    text: grown(managed, (n) => [
      allow(
        '*',
        list(n, (i) => `*0${names(i, 2)}*`),
      ),
    ]),
  },
  {
    name: 'Action * on many narrow resources in sevens',
    text: grown(managed, (n) =>
      list(n, (i) =>
        allow(
          '*',
          list(7, (j) => `*0${names(i * 7 + j, 2)}*`),
        ),
      ),
    ),
  },
  {
    name: 'Action * on many narrow resources in sevens, of a role',
    text: grown(inlineOfRole, (n) =>
      list(n, (i) =>
        allow(
          '*',
          list(7, (j) => `*0${names(i * 7 + j, 2)}*`),
        ),
      ),
    ),
  },
  {
    name: 'five services on many narrow resources, each denied in part',
    text: grown(managed, (n) => [
      ...list(n, (i) => allow(['s3:*', 'iam:*', 'kms:*', 'sts:*', 'ec2:*'], `*0${names(i, 2)}*`)),
      ...list(n, (i) => deny('*', `*0${names(i, 2)}0*`)),
    ]),
  },
  {
    name: 'Action * on many resources in sevens',
    text: grown(managed, (n) =>
      list(n, (i) =>
        allow(
          '*',
          list(7, (j) => `*${names(i * 7 + j, 2)}*`),
        ),
      ),
    ),
  },
  {
    name: 'Action * on many resources in sevens, of a role',
    text: grown(inlineOfRole, (n) =>
      list(n, (i) =>
        allow(
          '*',
          list(7, (j) => `*${names(i * 7 + j, 2)}*`),
        ),
      ),
    ),
  },
  {
    name: 'Action * on many resources in sevens, of a user',
    text: grown(inlineOfUser, (n) =>
      list(n, (i) =>
        allow(
          '*',
          list(7, (j) => `*${names(i * 7 + j, 2)}*`),
        ),
      ),
    ),
  },
  {
    name: 'Action * on many resources in sevens, half under a condition',
    text: grown(managed, (n) =>
      list(n, (i) => ({
        ...allow(
          '*',
          list(7, (j) => `*${names(i * 7 + j, 2)}*`),
        ),
        ...(i % 2 ? { Condition: { Bool: { 'kms:GrantIsForAWSResource': true } } } : {}),
      })),
    ),
  },
  {
    name: 'Action * on long alike resources',
    text: grown(managed, (n) => list(8, (i) => allow('*', [`*${'a'.repeat(n)}b${i}*`, `*${'a'.repeat(n * 2)}${i}*`]))),
  },
  {
    name: 'everything by the letter',
    text: grown(managed, (n) => list(n, (i) => allow(`*:${names(i, 1)}*`, '*'))),
  },
  {
    name: 'everything by the letter and partition',
    text: grown(managed, (n) => list(n, (i) => allow(`*:${names(i, 1)}*`, [`arn:aws-iso-b:*`, `arn:aws:*${names(i, 3)}`]))),
  },
  ...[1, 2].map((open): HostileDocument => {
    const statements = mostInStatements / open - open;
    return {
      name: `Action * on ${open} open resources, denied in ${statements} statements`,
      text: grown(managed, (n, r) => [
        ...list(open, (i) => allow('*', `arn:*:*:*:*:*${names(i + r, 2)}*`)),
        ...list(Math.min(n, statements), (i) =>
          deny(
            '*',
            list(Math.max(1, n >> 4), (j) => `arn:aws:ec2:*:*:*/${names(i * 50 + j, 2)}*`),
          ),
        ),
      ]),
    };
  }),
  {
    name: 'Action * on four open resources',
    text: grown(managed, (_, r) => list(4, (i) => allow('*', `arn:*:*:*:*:*${names(i + r, 2)}*`))),
  },
  ...justCompared.map(
    ({ name, allows, denies = [] }): HostileDocument => ({
      name: `Action * on open resources: ${name}`,
      // Stars more are read as one, so that each round has other texts.
      text: (r) => {
        const open = (end: string) => `arn:*:*:*:*:${'*'.repeat(1 + (r % 40))}${end}`;
        return document([allow('*', allows.map(open)), ...(denies.length > 0 ? [deny('*', denies.map(open))] : [])]);
      },
    }),
  ),
  {
    name: 'Action * in no Region',
    text: (r) => document([allow('*', `arn:aws:*::*:${'*'.repeat(1 + (r % 40))}`)]),
  },
  {
    name: 'Action * in two Regions',
    text: (r) => document(['eu', 'us'].map((area) => allow('*', `arn:aws:*:${area}-${names(r, 2)}-1:*:*`))),
  },
  {
    name: 'Action * on sixteen open resources, each denied in part',
    text: grown(managed, (n, r) => [
      ...list(16, (i) => allow('*', `arn:*:*:*:*:*${names(i + r, 2)}*`)),
      ...list(n, (i) => deny('*', `arn:aws:ec2:*:*:*/${names(i, 2)}*`)),
    ]),
  },
];
