import { activeRules } from '../analyzers/active-rules.ts';
import { analyzePosture } from '../analyzers/analyze.ts';
import type { Posture } from '../analyzers/posture.ts';
import type { Rule } from '../analyzers/rule.ts';
import { inParallel } from '../iam/in-parallel.ts';
import type { Account } from '../iam/read-account.ts';
import type { TagTarget } from '../iam/tagger.ts';
import type { Except } from './exception-uses.ts';
import { presetTags } from './preset-tags.ts';
import { type Authors, wantedAuthored } from './sweep-authors.ts';
import { differs, type Judged, settle, unchanged } from './sweep-one.ts';
import { atOnce, type SweepPorts } from './sweep-ports.ts';
import type { Swept } from './sweep-report.ts';
import { wantedUserTags } from './user-tags.ts';

/** Judges every user, and brings the tags of those to it that say something else. Only these are read again. */
export async function sweepUsers(account: Account, authors: Authors, ports: SweepPorts, except: Except): Promise<Swept[]> {
  const rules = activeRules(ports.configuration);
  let done = 0;
  return inParallel(account.postures, atOnce, async (posture) => {
    const swept = await sweepUser(posture, { authors, rules, ports, except, credentials: account.credentialsAsOf !== undefined });
    done += 1;
    ports.progress?.('users', done, account.postures.length);
    return swept;
  });
}

interface Context {
  readonly authors: Authors;
  readonly rules: readonly Rule[];
  readonly ports: SweepPorts;
  readonly except: Except;
  /** Whether there was a credential report. */
  readonly credentials: boolean;
}

async function sweepUser(posture: Posture, context: Context): Promise<Swept> {
  const { ports, credentials } = context;
  const target: TagTarget = { kind: 'user', name: posture.userName };
  const first = judgeNow(posture, context);
  // Without a report nobody's credentials are known: to read every user one by one in its place would starve others of IAM.
  const onlyDoubt = !credentials && first.findings.length === 0 && posture.unread.length > 0;
  if (onlyDoubt || !differs(target, first)) return unchanged(target, first, ports.configuration.tagPrefix);
  return settle(target, first, ports, async () => {
    const live = await ports.live.posture(posture.userName);
    return live.found ? { found: true, value: judgeNow(live.value, context) } : live;
  });
}

function judgeNow(posture: Posture, { authors, rules, except, ports: { configuration } }: Context): Judged {
  const { userName, tags, asOf, unread } = posture;
  const prefix = configuration.tagPrefix;
  const found = analyzePosture(posture, configuration, rules);
  const findings = except(found, { type: 'user', name: userName }, asOf);
  // What was not seen may be what the tags speak of.
  const foreign = unread.length > 0 ? [] : presetTags(tags, prefix);
  const cause = { time: asOf.replace(/\.\d+Z$/, 'Z'), by: 'sweep' };
  const verdict = wantedUserTags(posture, findings, cause, { prefix, unsettled: false, foreign });
  const authored = wantedAuthored(userName, tags, authors, prefix);
  const wanted = { set: { ...verdict.set, ...authored.set }, remove: [...verdict.remove, ...authored.remove] };
  return { findings, tags, wanted, unread: unread.map(({ what, why }) => ({ what: `user ${userName}: ${what}`, why })) };
}
