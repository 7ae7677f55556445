import type { Service } from '../../policy/catalog/action-catalog.ts';
import type { Written } from './documents.ts';

/**
 * A slow and obvious evaluator of what documents allow: every action of a service, one plain regular expression a
 * pattern, every statement in turn. It shares no code with policy/, and reads only what the generators write.
 */
export interface Documents {
  readonly own: readonly Written[];
  readonly boundary?: readonly Written[];
}

/** Where an action is tried: one text that stands for all resources of the kind, no pattern. */
export type Sample = string;

function list(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}

function matches(pattern: string, text: string, flags = ''): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('?', '.').replaceAll('*', '.*')}$`, flags).test(text);
}

function holds(statement: Written, action: string, resource: Sample): boolean {
  const named = list(statement.Action ?? statement.NotAction).some((pattern) => matches(pattern, action, 'i'));
  const reached = list(statement.Resource ?? statement.NotResource).some((pattern) => matches(pattern, resource));
  return named === (statement.Action !== undefined) && reached === (statement.Resource !== undefined);
}

/** True where a request for an action on a resource would be allowed: a Deny wins, and a boundary must allow it too. */
export function isAllowed({ own, boundary }: Documents, action: string, resource: Sample): boolean {
  const some = (statements: readonly Written[], effect: string) =>
    statements.some((statement) => statement.Effect === effect && holds(statement, action, resource));
  if (some([...own, ...(boundary ?? [])], 'Deny')) return false;
  return some(own, 'Allow') && (boundary === undefined || some(boundary, 'Allow'));
}

/** Names of a service's actions that are allowed on each of the samples. */
export function allowedOnEach(documents: Documents, { prefix, names }: Service, samples: readonly Sample[]): string[] {
  return names.filter((name) => samples.every((sample) => isAllowed(documents, `${prefix}:${name}`, sample)));
}

/** Names of a service's actions that are allowed on one of the samples at least. */
export function allowedOnSome(documents: Documents, { prefix, names }: Service, samples: readonly Sample[]): string[] {
  return names.filter((name) => samples.some((sample) => isAllowed(documents, `${prefix}:${name}`, sample)));
}
