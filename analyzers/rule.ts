import type { Change } from '../events/change.ts';
import type { Grants } from '../policy/grants.ts';
import { onceForEach } from '../policy/remembered.ts';
import type { Evidence, Mitigation } from '../schemas/finding.ts';
import type { Severity } from '../schemas/severity.ts';
import type { PasswordPolicy, Posture } from './posture.ts';
import type { Settings } from './settings.ts';

/**
 * Ids of the controls that a rule answers to, by framework, and by version where the framework has versions:
 * `{ 'Security Hub': ['IAM.1'], 'CIS AWS Foundations': { '5.0.0': ['1.15'] } }`.
 */
export type Controls = Readonly<Record<string, readonly string[] | Readonly<Record<string, readonly string[]>>>>;

/** What a rule says where it finds something wrong. The engine adds the rule's id, title, severity and controls. */
export interface Flag {
  /** Only where it differs from the rule's own. */
  readonly severity?: Severity;
  /** What is wrong, in one plain sentence without a final period. */
  readonly message: string;
  readonly services?: readonly string[];
  readonly paths?: readonly string[];
  readonly evidence?: readonly Evidence[];
  readonly mitigations?: readonly Mitigation[];
  /** Statements or commands to paste, most useful first. */
  readonly remedies?: readonly string[];
  /** Only where fewer controls than the rule's own would call this case a failure. */
  readonly controls?: Controls;
}

/** What is known around one change. */
export interface ChangeContext {
  readonly settings: Settings;
  /** What the user holds whom the change is about, as read after it; undefined where it is about no user, or could not be read. */
  readonly posture?: Posture;
}

/** The ways that a rule can look: at what policies grant together, at one change, at a user, or at the account. Each is pure. */
export interface Checks {
  readonly policy?: (grants: Grants) => readonly Flag[];
  readonly event?: (change: Change, context: ChangeContext) => readonly Flag[];
  readonly user?: (posture: Posture, settings: Settings) => readonly Flag[];
  /** Is given null where the account has no password policy. */
  readonly account?: (passwordPolicy: PasswordPolicy | null, settings: Settings) => readonly Flag[];
}

/** What a rule looks at: a key of `Checks`. */
export type Scope = keyof Checks;

/** One thing that can be wrong, and how to tell. Its scopes are the keys of `check`. */
export interface Rule {
  /** Kebab-case; also the name of its file, its cases and its page. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What the configuration wants in its place. Findings that the rule calls worse or milder than usual move by as many steps. */
  readonly configuredSeverity?: Severity;
  /** True where the rule runs only if the configuration enables it. */
  readonly optIn?: true;
  /** Why it matters, for someone who never heard of it. */
  readonly rationale: string;
  readonly remediation: { readonly summary: string; readonly url: string };
  /** Where the rule's meaning comes from. */
  readonly references: readonly string[];
  readonly controls: Controls;
  readonly check: Checks;
}

/** The ids of a rule's controls as flat text, each with its framework: `Security Hub IAM.1`. */
export const controlIds: (controls: Controls) => readonly string[] = onceForEach(flatten);

function flatten(controls: Controls): string[] {
  return Object.entries(controls).flatMap(([framework, ids]) =>
    isList(ids)
      ? ids.map((id) => `${framework} ${id}`)
      : Object.entries(ids).flatMap(([version, list]) => list.map((id) => `${framework} ${version} ${id}`)),
  );
}

function isList(ids: Controls[string]): ids is readonly string[] {
  return Array.isArray(ids);
}
