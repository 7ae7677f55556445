import { allow, deny, grown, type HostileDocument, inlineOfRole, list, managed, names, tag } from './hostile-text.ts';

/** What is just not read at its worst: different open actions times statements. See policy/open-patterns.ts. */
const mostInStatements = 8;

/** Many patterns for actions, of all services at once. */
export const manyActions: readonly HostileDocument[] = [
  { name: 'actions `*:xaa`', text: grown(managed, (n, r) => [allow(list(n, (i) => `*:x${names(i + r * 7, 2)}`))]) },
  { name: 'actions `*:*xaa*`', text: grown(managed, (n) => [allow(list(n, (i) => `*:*${names(i, 2)}*`))]) },
  { name: 'actions `*:*xaa*` of a role', text: grown(inlineOfRole, (n) => [allow(list(n, (i) => `*:*${names(i, 2)}*`))]) },
  {
    name: 'actions `*:*?aa` in fifteens',
    text: grown(managed, (n) => list(n, (i) => allow(list(15, (j) => `*:*?${names(i * 15 + j, 2)}`)))),
  },
  { name: 'actions `ec2:*aa*b`', text: grown(managed, (n, r) => [allow(list(n, (i) => `ec2:*${names(i, 2)}*${tag(r)}`))]) },
  {
    name: 'NotAction `*:xaa`',
    text: grown(managed, (n) => [{ Effect: 'Allow', NotAction: list(n, (i) => `*:x${names(i, 2)}`), Resource: '*' }]),
  },
  {
    name: 'NotAction statements',
    text: grown(managed, (n) => list(n, (i) => ({ Effect: 'Allow', NotAction: `*:${names(i, 2)}*`, Resource: '*' }))),
  },
  {
    name: 'NotAction statements, each on another resource',
    text: grown(managed, (n) => list(n, (i) => ({ Effect: 'Allow', NotAction: 'a:b', Resource: `*${names(i, 2)}*` }))),
  },
  {
    name: 'NotAction statements of a role',
    text: grown(inlineOfRole, (n) => list(n, (i) => ({ Effect: 'Allow', NotAction: `*:${names(i, 2)}*`, Resource: `*${names(i, 2)}*` }))),
  },
  {
    name: 'four actions `*:*xaa*`, many NotActions',
    text: grown(managed, (n, r) => [
      ...list(n, (i) => ({ Effect: 'Allow', NotAction: `${names(i, 2)}:*`, Resource: `arn:aws:${names(i, 2)}:*` })),
      allow(list(4, (i) => `*:*${names(i + r, 2)}*`)),
    ]),
  },
  ...[1, 2].map((open): HostileDocument => {
    const statements = mostInStatements / open - open;
    return {
      name: `${open} actions \`*:*xaa*\` beside ${statements} NotActions`,
      text: grown(managed, (n, r) => [
        ...list(Math.min(n, statements), (i) => ({
          Effect: 'Allow',
          NotAction: list(Math.max(1, (n * open) >> 5), (j) => `${names(i * 50 + j, 2)}:*`),
          Resource: `arn:aws:${names(i, 2)}:*`,
        })),
        ...list(open, (i) => allow(`*:*${names(i + r, 2)}*`)),
      ]),
    };
  }),
  {
    name: 'four actions that hold most',
    text: grown(managed, (n) => [
      ...list(4, (i) => allow(`*:*${'esrt'[i]}*`, '*')),
      ...list(mostInStatements / 4 - 4, (i) => deny(list(n, (j) => `a:b${names(i * n + j, 2)}`))),
    ]),
  },
];
