import { describe, expect, test } from 'vitest';
import { authorAddress } from '../../../alerts/messages/author-address.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import { aVerdict } from '../verdicts.ts';

const role = 'AWSReservedSSO_DataEngineer_9c07d2e4b1a85f63';
const book = {
  users: new Map([
    ['alice', 'alice.ng@example.com'],
    ['mallory', 'mallory@elsewhere.example'],
  ]),
  domains: ['example.com', 'Subsidiary.Example'],
};

const addressOf = (actor: Verdict['actor']) => authorAddress(aVerdict({ actor }), book);
const session = (name: string) => addressOf({ type: 'AssumedRole', name: role, session: name, identityCenter: true });

describe('the address of an author', () => {
  test('is in the book for an IAM user', () => {
    expect(addressOf({ type: 'IAMUser', name: 'alice', accountId: '123456789012' })).toBe('alice.ng@example.com');
  });

  test('is the session name of a person in IAM Identity Center', () => {
    expect(session('tomas.okafor@example.com')).toBe('tomas.okafor@example.com');
    expect(session('t@SUBSIDIARY.example')).toBe('t@SUBSIDIARY.example');
  });

  test.each<[string, Verdict['actor']]>([
    ['an IAM user outside of the book', { type: 'IAMUser', name: 'bob' }],
    ['an IAM user whose name is an address', { type: 'IAMUser', name: 'bob@example.com' }],
    ['an IAM user of another account', { type: 'IAMUser', name: 'alice', accountId: '999999999999' }],
    ['an IAM user who is in the book with a domain that is not allowed', { type: 'IAMUser', name: 'mallory' }],
    ['a name that every object has', { type: 'IAMUser', name: 'constructor' }],
    ['a session that chose its name', { type: 'AssumedRole', name: 'deploy', session: 'alice@example.com' }],
    ['a role that somebody named like one of Identity Center', { type: 'AssumedRole', name: role, session: 'alice@example.com' }],
    ['a federated session', { type: 'FederatedUser', name: role, session: 'alice@example.com' }],
    ['root', { type: 'Root' }],
    ['nobody', { type: 'Unknown' }],
  ])('is not known for %s', (_, actor) => {
    expect(addressOf(actor)).toBeUndefined();
  });

  test.each([
    ['a subdomain', 'a@mail.example.com'],
    ['a longer domain', 'a@example.com.evil.example'],
    ['a domain that ends alike', 'a@notexample.com'],
    ['two addresses', 'a@evil.example,b@example.com'],
    ['two addresses again', 'a@evil.example;b@example.com'],
    ['two at signs', 'a@evil.example@example.com'],
    ['a source route', '@evil.example:a@example.com'],
    ['a percent hop', 'a%evil.example@example.com'],
    ['a name and an address', 'Bob <a@example.com>'],
    ['quotes', '"a b"@example.com'],
    ['a comment', 'a(b)@example.com'],
    ['a header', 'a@example.com\r\nBcc: b@evil.example'],
    ['a line break at the end', 'a@example.com\n'],
    ['a null', 'a\0@example.com'],
    ['a letter that looks like another', 'a@ex\u0430mple.com'],
    ['an invisible one', 'a@example\u200B.com'],
    ['a leading dot', '.a@example.com'],
    ['two dots', 'a..b@example.com'],
    ['a trailing dot of the domain', 'a@example.com.'],
    ['no local part', '@example.com'],
    ['no domain', 'a'],
    ['an address that is too long', `${'a'.repeat(300)}@example.com`],
  ])('is refused where it has %s', (_, name) => {
    expect(session(name)).toBeUndefined();
  });

  test('is refused where no domain is allowed', () => {
    expect(authorAddress(aVerdict({ actor: { type: 'IAMUser', name: 'alice' } }), { ...book, domains: [] })).toBeUndefined();
  });
});
