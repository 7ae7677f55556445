import { allow, deny, grown, type HostileDocument, inlineOfUser, list, managed, names, number12, shortRegion } from './hostile-text.ts';

/** What keeps one rule busy: roles that are passed, principals, keys of many accounts and Regions. */
export const manyGrants: readonly HostileDocument[] = [
  {
    name: 'iam:PassRole in many statements',
    text: grown(managed, (n) => [
      allow(['ec2:*', 'lambda:*', 'glue:*']),
      ...list(n, (i) =>
        allow(
          'iam:PassRole',
          list(7, (j) => `arn:aws:iam::1:role/${names(i * 7 + j, 2)}`),
        ),
      ),
    ]),
  },
  {
    name: 'iam, lambda, ec2 … on many one-name resources',
    text: grown(managed, (n) => [
      allow(
        ['iam:*', 'sts:*', 'ec2:*', 'lambda:*', 'ssm:*', 'ecs:*', 'glue:*'],
        list(n, (i) => `arn:*:*:*:*:${names(i, 2)}`),
      ),
    ]),
  },
  {
    name: 'iam:* in many statements on users',
    text: grown(managed, (n) =>
      list(n, (i) =>
        allow(
          ['iam:*', 'sts:*'],
          list(7, (j) => `arn:aws:iam::*:user/${names(i * 7 + j, 2)}`),
        ),
      ),
    ),
  },
  {
    name: 'Action * on one-name roles, denied',
    text: grown(managed, (n) => [
      deny('*', `arn:aws:iam::*`),
      ...list(n, (i) =>
        allow(
          '*',
          list(7, (j) => `arn:aws:iam::*:*/${names(i * 7 + j, 2)}*`),
        ),
      ),
    ]),
  },
  {
    name: 'kms:Decrypt on Regions × accounts',
    text: grown(managed, (n) => [
      allow(
        'kms:Decrypt',
        list(n, (i) => `arn:aws:kms:${shortRegion(i)}:${number12(i)}:key/a`),
      ),
    ]),
  },
  {
    name: 'kms:Decrypt, one resource of Regions × accounts',
    text: grown(managed, (n) => [allow('kms:Decrypt', `arn:aws:kms:${list(n, shortRegion).join('.')}:${list(n, number12).join('')}`)]),
  },
  {
    name: 'kms:Decrypt, one resource of Regions × accounts, of a user',
    text: grown(inlineOfUser, (n) => [allow('kms:Decrypt', `arn:aws:kms:${list(n, shortRegion).join('.')}:${list(n, number12).join('')}`)]),
  },
  {
    name: 'kms:Decrypt, Regions × accounts in eight partitions',
    text: grown(managed, (n) => [
      allow('kms:Decrypt', ['arn:aws-*', `arn:aws:kms:${list(n, shortRegion).join('.')}:${list(n, number12).join('')}`]),
    ]),
  },
  {
    name: 'kms:* in many statements, one key each',
    text: grown(managed, (n) => list(n, (i) => allow('kms:*', `arn:aws:kms:eu-${names(i, 1)}-1:${number12(i)}:key/*`))),
  },
];
