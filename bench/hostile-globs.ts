import { allow, deny, grown, type HostileDocument, inlineOfRole, managed, tag } from './hostile-text.ts';

/** Patterns that are long and full of wildcards. */
export const longGlobs: readonly HostileDocument[] = [
  { name: 'action `a*a*a*…`', text: grown(managed, (n, r) => [allow(`${tag(r)}${'a*'.repeat(n)}`)]) },
  { name: 'action `s3:a*a*a*…b`', text: grown(managed, (n, r) => [allow(`s3:${tag(r)}${'a*'.repeat(n)}b`)]) },
  { name: 'action `*a*a*…`', text: grown(managed, (n, r) => [allow(`${'*a'.repeat(n)}*${tag(r)}`)]) },
  { name: 'action `*?*?…`', text: grown(managed, (n) => [allow('*?'.repeat(n))]) },
  { name: 'action `iam:*?*?…a*`', text: grown(managed, (n, r) => [allow(`iam:${'*?'.repeat(n)}${tag(r)}a*`)]) },
  { name: 'action `s3:???…a*`', text: grown(managed, (n) => [allow(`s3:${'?'.repeat(n)}a*`)]) },
  { name: 'resource `a*a*a*…`', text: grown(managed, (n, r) => [allow('*', `arn:${'a*'.repeat(n)}${tag(r)}`)]) },
  { name: 'resource `*a*a*…`', text: grown(managed, (n) => [allow('*', `${'*a'.repeat(n)}*`)]) },
  { name: 'resource `*?*?…`', text: grown(managed, (n) => [allow('*', '*?'.repeat(n))]) },
  { name: 'resource `???…`', text: grown(managed, (n) => [allow('*', '?'.repeat(n))]) },
  { name: 'resource `???…` of a role', text: grown(inlineOfRole, (n) => [allow('*', '?'.repeat(n))]) },
  { name: 'Deny on `???…`', text: grown(managed, (n) => [allow('*'), deny('*', `${'?'.repeat(n)}`)]) },
  { name: 'Deny on `*?*?…`', text: grown(managed, (n) => [allow('*'), deny('*', `${'*?'.repeat(n)}a`)]) },
  { name: 'Deny on `arn:???…*a`', text: grown(managed, (n) => [allow('*'), deny('*', `arn:${'?'.repeat(n)}*a`)]) },
  { name: 'NotResource `???…*`', text: grown(managed, (n) => [{ Effect: 'Allow', Action: '*', NotResource: `${'?'.repeat(n)}*a` }]) },
  { name: 'resources `*aaa…b` and `*aaa…?`', text: grown(managed, (n) => [allow('*', [`*${'a'.repeat(n / 2)}b`, `*${'a'.repeat(n)}?`])]) },
  { name: 'resource `*${${${…`', text: grown(managed, (n) => [allow('*', `*${'${'.repeat(n)}`)]) },
  {
    name: 'iam on `user/${aws:username,…`',
    text: grown(managed, (n) => [allow('iam:*', `arn:aws:iam::*:user/${'${aws:username ,'.repeat(n)}`)]),
  },
  { name: 'resource `aa-a-a-a…`', text: grown(managed, (n) => [allow('kms:Decrypt', `arn:aws:kms:${'1aa-a-a-a'.repeat(n)}`)]) },
];
