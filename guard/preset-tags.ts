import { severities } from '../schemas/severity.ts';
import type { Tags } from './situation.ts';
import { readUserTags, type UserTags } from './user-tags.ts';

/**
 * Keys of tags, as spelled, that bear the guard's prefix and that the guard never wrote: it writes a verdict together with all that
 * belongs to it, and nothing beside it where there is none. Names of authored policies stand on their own, and are not judged here.
 */
export function presetTags(tags: Tags, prefix: string): string[] {
  if (isOwn(readUserTags(tags, prefix))) return [];
  const start = `${prefix}:`.toLowerCase();
  return Object.keys(tags).filter((key) => key.toLowerCase().startsWith(start) && key.toLowerCase() !== `${start}authored`);
}

function isOwn({ verdict, findings, since, cleared, evidence, authored: _, ...others }: UserTags): boolean {
  if (Object.keys(others).length > 0 && verdict === undefined) return false;
  if (verdict === undefined) return [findings, since, cleared, evidence].every((value) => value === undefined);
  if (evidence === undefined) return false;
  if (verdict === 'undetermined') return true;
  if (verdict === 'clear') return since !== undefined && cleared !== undefined && findings === undefined;
  return severities.some((severity) => severity === verdict) && since !== undefined && findings !== undefined;
}
