import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { activeRules } from '../../analyzers/active-rules.ts';
import { analyzeAccount, analyzeChange, analyzePosture } from '../../analyzers/analyze.ts';
import type { PasswordPolicy, Posture } from '../../analyzers/posture.ts';
import { rules } from '../../analyzers/registry.ts';
import { interpret } from '../../events/interpret.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { record } from '../records.ts';

const hostile = `it's; rm -rf "$HOME" \`id\` \u202e\n#`;
const quarantine = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';
const document = parsePolicy('{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}');

/** A user of whom every posture rule has something to say. */
function postureOf(name: string): Posture {
  return {
    userName: name,
    arn: `arn:aws-cn:iam::111122223333:user/${name}`,
    account: '111122223333',
    asOf: '2026-03-02T09:30:00Z',
    createdAt: '2025-03-02T09:30:00Z',
    groups: [],
    policies: [
      { kind: 'inline', name, document },
      { kind: 'managed', name, arn: `arn:aws-cn:iam::111122223333:policy/${name}`, document },
      { kind: 'managed', name: 'AWSCompromisedKeyQuarantineV3', arn: quarantine, document },
    ],
    accessKeys: [
      { id: 'AKIAONE', active: true, createdAt: '2025-03-02T09:30:10Z', lastUsedAt: null },
      { id: name, active: true, createdAt: '2025-03-02T09:30:10Z', lastUsedAt: null },
    ],
    password: { createdAt: '2025-03-02T09:30:00Z', lastUsedAt: null },
    mfaDevices: [],
    tags: {},
    unread: [],
  };
}

const settings = { ...defaultConfiguration, purposeTags: [`it's`] };
const findingsOf = (name: string) => analyzePosture(postureOf(name), settings, rules);
const commandsOf = (id: string) => findingsOf('alice').find(({ rule }) => rule === id)?.remediation.commands;

/** The words of a command as a shell splits them. */
function words(command: string): string[] {
  return execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

describe('commands that mend a posture', () => {
  test('every rule of scope user speaks, and says how to mend it', () => {
    const all = findingsOf('alice');
    expect(all.map(({ rule }) => rule).toSorted()).toEqual(
      rules
        .filter(({ check }) => check.user)
        .map(({ id }) => id)
        .toSorted(),
    );
    for (const { rule, remediation } of all) expect(remediation.commands, rule).not.toEqual([]);
  });

  test('deactivate before they delete', () => {
    expect(commandsOf('credential-unused')).toEqual([
      'aws iam update-access-key --user-name alice --access-key-id AKIAONE --status Inactive',
      'aws iam update-access-key --user-name alice --access-key-id alice --status Inactive',
      'aws iam delete-login-profile --user-name alice',
      'aws iam delete-access-key --user-name alice --access-key-id AKIAONE',
      'aws iam delete-access-key --user-name alice --access-key-id alice',
    ]);
    expect(commandsOf('credential-compromised')).toEqual([
      'aws iam update-access-key --user-name alice --access-key-id AKIAONE --status Inactive',
      'aws iam update-access-key --user-name alice --access-key-id alice --status Inactive',
    ]);
    for (const { rule, remediation } of findingsOf('alice')) {
      const [deactivated, deleted] = ['update-access-key', 'delete-access-key'].map((call) =>
        remediation.commands.findIndex((command) => command.startsWith(`aws iam ${call} `)),
      );
      if (deleted !== undefined && deleted >= 0) expect(deactivated, rule).toBeLessThan(deleted);
    }
  });

  test('give a policy to a group before they take it off the user, and leave the quarantine policy where it is', () => {
    expect(commandsOf('policy-attached-directly')).toEqual([
      'aws iam put-group-policy --group-name GROUP --policy-name alice --policy-document file://POLICY.json',
      'aws iam attach-group-policy --group-name GROUP --policy-arn arn:aws-cn:iam::111122223333:policy/alice',
      'aws iam add-user-to-group --user-name alice --group-name GROUP',
      'aws iam delete-user-policy --user-name alice --policy-name alice',
      'aws iam detach-user-policy --user-name alice --policy-arn arn:aws-cn:iam::111122223333:policy/alice',
    ]);
    expect(findingsOf('alice').flatMap(({ remediation }) => remediation.commands)).not.toContainEqual(expect.stringContaining(quarantine));
  });

  test('name the device in the partition and account of the user', () => {
    expect(commandsOf('console-user-without-mfa')).toContainEqual(expect.stringContaining('arn:aws-cn:iam::111122223333:mfa/alice'));
  });

  test('stay single words of a shell, whatever the names hold', () => {
    for (const { rule, remediation } of findingsOf(hostile)) {
      for (const command of remediation.commands) {
        const [aws, iam, call] = words(command);
        expect([aws, iam], rule).toEqual(['aws', 'iam']);
        expect(call, rule).toMatch(/^[a-z-]+$/);
        const option = words(command).indexOf('--user-name');
        if (option > 0) expect(words(command)[option + 1], rule).toBe(hostile);
      }
    }
    expect(findingsOf(hostile).find(({ rule }) => rule === 'multiple-access-keys')?.message).toContain(hostile);
  });
});

describe('commands that mend what one change did', () => {
  const active = activeRules(defaultConfiguration);
  const judged = (eventName: string, requestParameters: Record<string, unknown>, posture?: Posture) => {
    const change = interpret(record(eventName, { requestParameters }), 'one');
    if (change === undefined) throw new Error(`${eventName} is not in the catalog`);
    return analyzeChange(change, { settings, ...(posture ? { posture } : {}) }, active);
  };

  test('a compromised user loses its keys: those that are known, or the one to be looked up', () => {
    const attached = { userName: 'alice', policyArn: quarantine };
    const [known, ...others] = judged('AttachUserPolicy', attached, postureOf('alice'));
    expect(others).toEqual([]);
    expect(known?.remediation.commands).toEqual(commandsOf('credential-compromised'));
    expect(judged('AttachUserPolicy', attached).map(({ remediation }) => remediation.commands)).toEqual([
      [
        'aws iam list-access-keys --user-name alice',
        'aws iam update-access-key --user-name alice --access-key-id EXPOSED_ACCESS_KEY --status Inactive',
      ],
    ]);
  });
});

describe('the command that mends a password policy', () => {
  const commandFor = (policy: PasswordPolicy | null) =>
    analyzeAccount(policy, settings, rules).flatMap(({ remediation }) => remediation.commands);
  const strict = { requireSymbols: true, requireNumbers: true, requireUppercase: true, requireLowercase: false };

  test('asks for all five, and for no fewer characters than before', () => {
    const all = '--require-uppercase-characters --require-lowercase-characters --require-numbers --require-symbols';
    expect(commandFor(null)).toEqual([`aws iam update-account-password-policy --minimum-password-length 8 ${all}`]);
    expect(commandFor({ ...strict, minimumLength: 6 })).toEqual(commandFor(null));
    expect(commandFor({ ...strict, minimumLength: 20 })).toEqual([
      `aws iam update-account-password-policy --minimum-password-length 20 ${all}`,
    ]);
  });
});
