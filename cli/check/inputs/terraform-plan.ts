import { plannedStatements } from './planned-statements.ts';
import { below, isObject, type JsonObject, listed } from './values.ts';

/** A policy document in a plan, or that its text is not known before it is applied. */
export interface PlannedDocument {
  /** The Terraform address. */
  readonly resource: string;
  readonly pointer: string;
  /** Undefined where only applying the plan will tell. */
  readonly text?: string;
}

/** Resource types that hold an identity policy in `policy`. */
const policyTypes: ReadonlySet<string> = new Set(['aws_iam_policy', 'aws_iam_user_policy', 'aws_iam_group_policy', 'aws_iam_role_policy']);

/** True for what `terraform show -json` (or OpenTofu's) answers for a plan or a state. */
export function isTerraform(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    typeof value.format_version === 'string' &&
    ['planned_values', 'resource_changes', 'values'].some((key) => key in value)
  );
}

/**
 * The identity policies of a plan as they will be, and those in data sources that no resource of the plan takes over
 * word for word. What is deleted is not judged.
 */
export function documentsInPlan(plan: JsonObject): PlannedDocument[] {
  const resources = uniqueByAddress([...modulesIn(plan), ...changesIn(plan)]);
  const held = resources.filter(({ value }) => value.mode !== 'data').flatMap(heldBy);
  const texts = new Set(held.map(({ text }) => canonical(text)));
  const data = resources.filter(({ value }) => value.mode === 'data' && value.type === 'aws_iam_policy_document');
  const written = data.flatMap(writtenIn);
  return [...held, ...written.filter(({ text }) => isIdentityPolicy(text) && !texts.has(canonical(text)))];
}

function writtenIn({ address, attributes, pointer }: PlannedResource): PlannedDocument[] {
  if (typeof attributes.json === 'string') return [{ resource: address, pointer: below(pointer, 'json'), text: attributes.json }];
  const text = plannedStatements(attributes);
  return text === undefined ? [] : [{ resource: address, pointer: below(pointer, 'statement'), text }];
}

interface PlannedResource {
  readonly address: string;
  readonly value: JsonObject;
  readonly attributes: JsonObject;
  readonly unknown: JsonObject;
  readonly pointer: string;
}

function heldBy({ address, value, attributes, unknown, pointer }: PlannedResource): PlannedDocument[] {
  if (value.type === 'aws_iam_role') {
    return listed(attributes.inline_policy).flatMap((inline, index): PlannedDocument[] => {
      const text = isObject(inline) ? inline.policy : null;
      const at = { resource: address, pointer: below(below(below(pointer, 'inline_policy'), index), 'policy') };
      if (text === undefined) return [at];
      return typeof text === 'string' && text !== '' ? [{ ...at, text }] : [];
    });
  }
  if (!policyTypes.has(String(value.type))) return [];
  const at = { resource: address, pointer: below(pointer, 'policy') };
  if (typeof attributes.policy === 'string') return [{ ...at, text: attributes.policy }];
  return unknown.policy === true || attributes.policy === undefined ? [at] : [];
}

/** Resources by module, of the planned state, of a state, and of what a plan has read before. */
function modulesIn(plan: JsonObject): PlannedResource[] {
  const prior = isObject(plan.prior_state) ? plan.prior_state.values : undefined;
  return [
    ...inModule(rootOf(plan.planned_values), '/planned_values/root_module'),
    ...inModule(rootOf(plan.values), '/values/root_module'),
    // Resources here are as they were: only data sources still hold.
    ...inModule(rootOf(prior), '/prior_state/values/root_module').filter(({ value }) => value.mode === 'data'),
  ];
}

function rootOf(values: unknown): unknown {
  return isObject(values) ? values.root_module : undefined;
}

function inModule(module: unknown, pointer: string): PlannedResource[] {
  if (!isObject(module)) return [];
  const own = listed(module.resources).flatMap((value, index): PlannedResource[] => {
    if (!isObject(value) || !isObject(value.values)) return [];
    const at = below(below(below(pointer, 'resources'), index), 'values');
    return [{ address: String(value.address), value, attributes: value.values, unknown: {}, pointer: at }];
  });
  const children = listed(module.child_modules).flatMap((child, index) => inModule(child, below(below(pointer, 'child_modules'), index)));
  return [...own, ...children];
}

function changesIn(plan: JsonObject): PlannedResource[] {
  return listed(plan.resource_changes).flatMap((value, index): PlannedResource[] => {
    const change = isObject(value) ? value.change : undefined;
    if (!isObject(value) || !isObject(change) || !isObject(change.after)) return [];
    const unknown = isObject(change.after_unknown) ? change.after_unknown : {};
    const pointer = below(below(below('/resource_changes', index), 'change'), 'after');
    return [{ address: String(value.address), value, attributes: change.after, unknown, pointer }];
  });
}

/** A plan tells a resource up to three times; the first telling holds. */
function uniqueByAddress(resources: readonly PlannedResource[]): PlannedResource[] {
  return [...new Map(resources.toReversed().map((resource) => [resource.address, resource])).values()].reverse();
}

function isIdentityPolicy(text: string | undefined): boolean {
  const value = parsed(text);
  const statements = isObject(value) ? listed(value.Statement) : [];
  return (
    statements.length > 0 &&
    statements.every((statement) => isObject(statement) && !('Principal' in statement || 'NotPrincipal' in statement))
  );
}

function canonical(text: string | undefined): string {
  const value = parsed(text);
  return value === undefined ? String(text) : JSON.stringify(value);
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
