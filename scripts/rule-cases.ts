import { readFileSync } from 'node:fs';
import { analyzeAccount, analyzeChange, analyzePolicies, analyzePosture } from '../analyzers/analyze.ts';
import type { HeldPolicy, PasswordPolicy, Posture } from '../analyzers/posture.ts';
import { rules } from '../analyzers/registry.ts';
import type { Scope } from '../analyzers/rule.ts';
import type { Settings, Thresholds } from '../analyzers/settings.ts';
import { interpret } from '../events/interpret.ts';
import { parsePolicy } from '../policy/parse.ts';
import { defaultConfiguration } from '../schemas/configuration.ts';
import type { Finding, Mitigation } from '../schemas/finding.ts';
import type { Severity } from '../schemas/severity.ts';
import { validateRecord } from '../schemas/validate.ts';

/** A posture as a case writes it: what it does not say is empty, and documents are plain JSON. */
export type PostureInput = Partial<Omit<Posture, 'policies' | 'boundary'>> & {
  readonly policies?: readonly PolicyInput[];
  readonly boundary?: PolicyInput;
};

/** A policy of a posture, its document as plain JSON. */
export type PolicyInput = Omit<HeldPolicy, 'document'> & { readonly document: unknown };

/** Settings as a case writes them: what it does not say is the default. */
export type SettingsInput = Partial<Omit<Settings, 'thresholds'>> & { readonly thresholds?: Partial<Thresholds> };

/**
 * What a rule is shown. Exactly one of `document` or `text` (policy scope), `record` (event scope), `posture` (user scope)
 * and `passwordPolicy` (account scope) is there; but beside a `record`, `posture` is what the record's user holds after it.
 */
export interface RuleInput {
  /** What the case shows. */
  readonly name: string;
  /** True where the rule's page shows it. */
  readonly example?: boolean;
  readonly document?: unknown;
  /** A document whose very characters matter. */
  readonly text?: string;
  readonly record?: Readonly<Record<string, unknown>>;
  readonly posture?: PostureInput;
  /** Null where the account has none. */
  readonly passwordPolicy?: PasswordPolicy | null;
  /** Where the case is about another configuration than the default. */
  readonly settings?: SettingsInput;
}

/** What is said of a finding; what is left out is not compared. */
export interface ExpectedFinding {
  readonly severity: Severity;
  readonly message?: string;
  readonly services?: readonly string[];
  /** The ids of escalation paths, in order. */
  readonly paths?: readonly string[];
  /** The kinds, in order. */
  readonly mitigations?: readonly Mitigation['kind'][];
  /** The evidence's pointers, in order. */
  readonly evidence?: readonly string[];
  readonly controls?: readonly string[];
}

/** The cases of a rule. */
export interface RuleCases {
  readonly flagged: readonly (RuleInput & { readonly findings: readonly ExpectedFinding[] })[];
  /** Each is a single step away from the flagged case that `from` names. */
  readonly passing: readonly (RuleInput & { readonly from: string })[];
  /** Inputs that no identity policy is; `error` is a part of the message that refuses them. */
  readonly refused?: readonly (RuleInput & { readonly from: string; readonly error: string })[];
}

const casesFolder = new URL('../test/rules/', import.meta.url);

/** Reads the cases of a rule from its file. */
export function readCases(id: string): RuleCases {
  return JSON.parse(readFileSync(new URL(`${id}.json`, casesFolder), 'utf8')) as RuleCases;
}

/** The scope that a case is about, told by what it shows. */
export function scopeOf({ record, posture, passwordPolicy }: RuleInput): Scope {
  if (record !== undefined) return 'event';
  if (passwordPolicy !== undefined) return 'account';
  return posture === undefined ? 'policy' : 'user';
}

/** What all rules together say of a case's input, also those that are off by default. Throws where the input can't be read: a case must not pass by a typo. */
export function judgeCase(input: RuleInput): Finding[] {
  const settings = settingsOf(input);
  const posture = input.posture === undefined ? undefined : postureOf(input.posture);
  if (input.record !== undefined) {
    const change = interpret(validateRecord(input.record), input.name);
    if (change === undefined) throw new Error(`case \`${input.name}\`: no event of the catalog`);
    return analyzeChange(change, { settings, ...(posture === undefined ? {} : { posture }) }, rules);
  }
  if (input.passwordPolicy !== undefined) return analyzeAccount(input.passwordPolicy, settings, rules);
  if (posture !== undefined) return analyzePosture(posture, settings, rules);
  return analyzePolicies({ policies: [{ policy: parsePolicy(textOf(input)) }] }, rules);
}

function settingsOf({ settings: { thresholds, ...rest } = {} }: RuleInput): Settings {
  return { ...defaultConfiguration, ...rest, thresholds: { ...defaultConfiguration.thresholds, ...thresholds } };
}

function textOf({ text, document }: RuleInput): string {
  return text ?? JSON.stringify(document);
}

function postureOf({ policies = [], boundary, ...rest }: PostureInput): Posture {
  return {
    userName: 'alice',
    arn: 'arn:aws:iam::111122223333:user/alice',
    account: '111122223333',
    asOf: '2026-03-02T09:30:00Z',
    groups: [],
    accessKeys: [],
    tags: {},
    unread: [],
    ...rest,
    policies: policies.map(parsed),
    ...(boundary === undefined ? {} : { boundary: parsed(boundary) }),
  };
}

function parsed(policy: PolicyInput): HeldPolicy {
  return { ...policy, document: parsePolicy(JSON.stringify(policy.document)) };
}
