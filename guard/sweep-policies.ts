import { activeRules } from '../analyzers/active-rules.ts';
import { analyzePolicies } from '../analyzers/analyze.ts';
import type { Posture } from '../analyzers/posture.ts';
import type { Answer, Directory } from '../iam/directory.ts';
import { inParallel } from '../iam/in-parallel.ts';
import { policyNameOf } from '../iam/policy-names.ts';
import type { Account } from '../iam/read-account.ts';
import { namesTag, parseNamesTag } from '../iam/tag-values.ts';
import type { TagTarget } from '../iam/tagger.ts';
import type { Configuration } from '../schemas/configuration.ts';
import type { Finding } from '../schemas/finding.ts';
import { parsed } from './changed-policy.ts';
import type { Except } from './exception-uses.ts';
import { wantedPolicyTags } from './policy-tags.ts';
import type { FlaggedPolicy } from './sweep-authors.ts';
import { differs, type Judged, settle, unchanged } from './sweep-one.ts';
import { atOnce, type SweepPorts } from './sweep-ports.ts';
import type { Swept } from './sweep-report.ts';

/** How many policies that nothing speaks against are looked at for tags, a day. */
const rota = 50;

/** Every customer managed policy, and of those flagged who wrote them. */
export interface SweptPolicies {
  readonly policies: readonly Swept[];
  readonly flagged: readonly FlaggedPolicy[];
}

/**
 * Judges the version in force of every customer managed policy, and brings its tags to that. The account's pages do not tell the tags of
 * policies: they are read of those that are flagged, of those that a user's tag calls flagged, and of some of the others each day, in turn.
 */
export async function sweepPolicies(account: Account, ports: SweepPorts, except: Except): Promise<SweptPolicies> {
  const judge = createJudge(ports.configuration, account.asOf, except);
  const judged = await Promise.all(account.customerPolicies.map(async (arn) => ({ arn, findings: await judge(arn, account.directory) })));
  const authored = authoredNames(account.postures, ports.configuration.tagPrefix);
  const others = judged.filter(({ arn, findings }) => !isFlagged(findings) && !authored.has(namesTag([policyNameOf(arn)])));
  const today = new Set(inTurn(others, account.asOf).map(({ arn }) => arn));
  const passedOver = new Set(others.filter(({ arn }) => !today.has(arn)).map(({ arn }) => arn));
  let done = 0;
  const swept = await inParallel(judged, atOnce, async ({ arn, findings }) => {
    const one = await sweepPolicy(arn, findings, passedOver.has(arn), judge, ports);
    done += 1;
    ports.progress?.('policies', done, judged.length);
    return one;
  });
  return {
    policies: swept.map(({ policy }) => policy),
    flagged: swept.flatMap(({ policy, author }) => (mayBeFlagged(policy) ? [{ arn: policy.name, author }] : [])),
  };
}

async function sweepPolicy(arn: string, first: Answer<Finding[]>, passOver: boolean, judge: Judge, ports: SweepPorts) {
  const target: TagTarget = { kind: 'policy', name: arn };
  const prefix = ports.configuration.tagPrefix;
  const untold: Judged = { findings: first.found ? first.value : [], tags: {}, wanted: { set: {}, remove: [] }, unread: [] };
  if (passOver) return { policy: unchanged(target, untold, prefix), author: undefined };
  if (!first.found) return { policy: notRead(target, first.detail, prefix), author: undefined };
  let author: string | undefined;
  // The tags are read first: most of the time they say what was found, and nothing else need be read.
  const tagsNow = async (findings: readonly Finding[]): Promise<Answer<Judged>> => {
    const tags = await ports.live.policyTags(arn);
    if (!tags.found) return tags;
    author = tags.value[`${prefix}:author`];
    return { found: true, value: { findings, tags: tags.value, wanted: wantedPolicyTags(tags.value, findings, prefix), unread: [] } };
  };
  const policy = await settle(target, untold, ports, async () => {
    const seen = await tagsNow(first.value);
    if (!seen.found || !differs(target, seen.value)) return seen;
    const now = await judge(arn, ports.live);
    return now.found
      ? { found: true, value: { ...seen.value, findings: now.value, wanted: wantedPolicyTags(seen.value.tags, now.value, prefix) } }
      : now;
  });
  return { policy, author };
}

function notRead(target: TagTarget, why: string, prefix: string): Swept {
  const unread = [{ what: `policy ${target.name}`, why }];
  return {
    ...unchanged(target, { findings: [], tags: {}, wanted: { set: {}, remove: [] }, unread }, prefix),
    result: 'unread',
    detail: why,
  };
}

/** Judges the version in force of a policy, as a directory has it. */
type Judge = (arn: string, directory: Pick<Directory, 'managedPolicy'>) => Promise<Answer<Finding[]>>;

function createJudge(configuration: Configuration, at: string, except: Except): Judge {
  const rules = activeRules(configuration);
  return async (arn, directory) => {
    const version = await directory.managedPolicy(arn);
    if (!version.found) return version;
    const { document, name } = version.value;
    const policy = parsed(document);
    if (!policy.read) return { found: false, why: 'unreadable', detail: policy.why };
    const found = analyzePolicies({ policies: [{ policy: policy.value, name }] }, rules);
    return { found: true, value: except(found, { type: 'policy', name }, at) };
  };
}

function isFlagged(findings: Answer<Finding[]>): boolean {
  return !findings.found || findings.value.length > 0;
}

/** A policy that could not be judged may be as flagged as before. */
function mayBeFlagged({ findings, result }: Swept): boolean {
  return result !== 'gone' && (findings.length > 0 || result === 'unread' || result === 'failed' || result === 'left');
}

function authoredNames(postures: readonly Posture[], prefix: string): Set<string> {
  const key = `${prefix}:authored`.toLowerCase();
  const values = postures.flatMap(({ tags }) =>
    Object.entries(tags).flatMap(([name, value]) => (name.toLowerCase() === key ? [value] : [])),
  );
  return new Set(values.flatMap((value) => parseNamesTag(value).names));
}

/** Every n-th, beginning one further each day, so that all have their turn. */
function inTurn<Item>(items: readonly Item[], asOf: string): Item[] {
  const every = Math.max(1, Math.ceil(items.length / rota));
  const day = Math.floor(Date.parse(asOf) / 86_400_000);
  return items.filter((_, index) => index % every === day % every);
}
