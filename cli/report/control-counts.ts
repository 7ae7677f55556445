import { rules } from '../../analyzers/registry.ts';
import type { ControlCount, ReportedUser } from './report.ts';

/** A control taken apart: `CIS AWS Foundations 5.0.0 1.15`. */
export interface Control {
  readonly framework: string;
  readonly version?: string;
  readonly id: string;
}

const frameworks = [...new Set(rules.flatMap(({ controls }) => Object.keys(controls)))].toSorted((a, b) => b.length - a.length);

const known = new Map<string, Control>();

/** Takes apart a control as findings list it: its framework, the framework's version where it has any, and the id. */
export function readControl(text: string): Control {
  const before = known.get(text);
  if (before !== undefined) return before;
  const framework = frameworks.find((name) => text.startsWith(`${name} `)) ?? '';
  const rest = text.slice(framework.length).trim();
  const [version, id] = rest.split(' ');
  const control = version === undefined || id === undefined ? { framework, id: rest } : { framework, version, id };
  // Rules know some hundred controls, so that this stays small.
  known.set(text, control);
  return control;
}

/** Every control that flagged users break, with how many they are: frameworks by name, the latest version first. */
export function countControls(users: readonly Pick<ReportedUser, 'name' | 'findings'>[]): ControlCount[] {
  const broken = new Map<string, { rules: Set<string>; users: Set<string> }>();
  for (const { name, findings } of users) {
    for (const { rule, controls } of findings) {
      for (const control of controls) {
        const entry = broken.get(control) ?? { rules: new Set(), users: new Set() };
        entry.rules.add(rule);
        entry.users.add(name);
        broken.set(control, entry);
      }
    }
  }
  return [...broken]
    .map(([text, found]) => ({ ...readControl(text), rules: [...found.rules].sort(), users: found.users.size }))
    .sort(inOrder);
}

const natural = new Intl.Collator('en', { numeric: true });

function inOrder(a: ControlCount, b: ControlCount): number {
  return natural.compare(a.framework, b.framework) || natural.compare(b.version ?? '', a.version ?? '') || natural.compare(a.id, b.id);
}

/** Controls of one finding by framework, in words, each id once with the versions that have it: `CIS AWS Foundations: 1.15 (5.0.0)`. */
export function frameworkWords(controls: readonly string[]): readonly string[] {
  const key = controls.join('\n');
  const words = worded.get(key) ?? wordsOf(controls);
  worded.set(key, words);
  return words;
}

// Findings of one rule break the same controls, but for a few.
const worded = new Map<string, readonly string[]>();

function wordsOf(controls: readonly string[]): string[] {
  const grouped = new Map<string, Map<string, string[]>>();
  for (const { framework, version, id } of controls.map(readControl)) {
    const ids = grouped.get(framework) ?? new Map<string, string[]>();
    ids.set(id, [...(ids.get(id) ?? []), ...(version === undefined ? [] : [version])]);
    grouped.set(framework, ids);
  }
  return [...grouped].map(([framework, ids]) => {
    const listed = [...ids].map(([id, versions]) => (versions.length === 0 ? id : `${id} (${versions.join(', ')})`));
    return `${framework}: ${listed.join(', ')}`;
  });
}
