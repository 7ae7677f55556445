import type { Unread } from '../analyzers/posture.ts';
import { messageOf } from '../iam/aws-errors.ts';
import type { Answer } from '../iam/directory.ts';
import { planTags, type WantedTags } from '../iam/tag-plan.ts';
import { applyTags, type TagTarget } from '../iam/tagger.ts';
import type { Finding } from '../schemas/finding.ts';
import { severities } from '../schemas/severity.ts';
import type { SweepVerdict } from '../schemas/sweep-summary.ts';
import { appearedOrWorse } from './appeared.ts';
import type { Tags } from './situation.ts';
import { reserve, type SweepPorts } from './sweep-ports.ts';
import type { Swept } from './sweep-report.ts';
import { readUserTags } from './user-tags.ts';

/** A user or policy, judged: what was found, its tags, and those that it should have. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly tags: Tags;
  readonly wanted: WantedTags;
  readonly unread: readonly Unread[];
}

/** True where the tags are not as wanted. */
export function differs({ kind }: TagTarget, { tags, wanted }: Judged): boolean {
  const { set, remove, noRoomFor } = planOf(kind, tags, wanted);
  return Object.keys(set).length + remove.length + noRoomFor.length > 0;
}

/** One whose tags are as they should be. */
export function unchanged({ kind, name }: TagTarget, judged: Judged, prefix: string): Swept {
  const before = verdictIn(judged.tags, prefix);
  return { kind, name, before, verdict: before, findings: judged.findings, appeared: [], result: 'unchanged', unread: judged.unread };
}

/**
 * Brings the tags of one whose tags are not as they should be to what is found now: it is read again, for it may have changed since the
 * account was read, and judged on that. It never throws.
 */
export async function settle(target: TagTarget, first: Judged, ports: SweepPorts, read: () => Promise<Answer<Judged>>): Promise<Swept> {
  const prefix = ports.configuration.tagPrefix;
  const asItWas = (result: Swept['result'], detail: string): Swept => ({ ...unchanged(target, first, prefix), result, detail });
  if (ports.remaining() < reserve) return { ...asItWas('left', 'no time was left for it'), again: true };
  let now: Answer<Judged>;
  try {
    now = await read();
  } catch (error) {
    return { ...asItWas('failed', `it could not be read now: ${messageOf(error)}`), again: true };
  }
  if (!now.found) {
    if (now.why === 'absent') return asItWas('gone', 'it was deleted meanwhile');
    const swept = asItWas('unread', now.detail);
    return { ...swept, unread: [...swept.unread, { what: `${target.kind} ${target.name}`, why: now.detail }] };
  }
  return differs(target, now.value) ? write(target, now.value, ports) : unchanged(target, now.value, prefix);
}

async function write(target: TagTarget, { findings, tags, wanted, unread }: Judged, ports: SweepPorts): Promise<Swept> {
  const prefix = ports.configuration.tagPrefix;
  const { set, remove } = planOf(target.kind, tags, wanted);
  const swept = {
    ...target,
    before: verdictIn(tags, prefix),
    findings,
    appeared: [...new Set(appearedOrWorse(findings, readUserTags(tags, prefix)).map(({ rule }) => rule))],
    tags: { set, remove },
    unread,
  };
  const verdict = verdictIn({ ...without(tags, remove), ...set }, prefix);
  if (!ports.apply) return { ...swept, verdict, result: 'planned' };
  const { action, transient } = await applyTags(ports.live, target, tags, wanted);
  if (action.result === 'done') return { ...swept, verdict, result: 'done' };
  const result = action.result === 'skipped' ? 'gone' : action.result;
  const detail = action.detail === undefined ? {} : { detail: action.detail };
  return { ...swept, verdict: swept.before, result, ...detail, ...(transient === undefined ? {} : { again: true as const }) };
}

function planOf(kind: TagTarget['kind'], tags: Tags, wanted: WantedTags) {
  return planTags(tags, wanted, { ignoreCase: kind === 'user' });
}

function without(tags: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase())));
}

/** What the verdict tag says. A text that is no verdict stands for none. */
function verdictIn(tags: Tags, prefix: string): SweepVerdict {
  const { verdict } = readUserTags(tags, prefix);
  return verdicts.find((known) => known === verdict) ?? 'none';
}

const verdicts = [...severities, 'undetermined', 'clear'] as const;
