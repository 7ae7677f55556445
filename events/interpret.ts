import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import { callOf } from './call.ts';
import { roleEvents } from './catalog/roles.ts';
import { catalog } from './catalog.ts';
import type { Change } from './change.ts';
import { known } from './known.ts';

/** What a record did, or undefined where it is no IAM event of the catalog. `id` names the change where the record has no eventID. */
export function interpret(record: CloudTrailRecord, id: string): Change | undefined {
  const entry = record.eventSource === 'iam.amazonaws.com' ? catalog[record.eventName] : undefined;
  if (entry === undefined) return undefined;
  const call = callOf(record);
  return known<Change>({
    id,
    eventName: record.eventName,
    eventTime: record.eventTime,
    eventSource: record.eventSource,
    account: call.account,
    region: record.awsRegion || 'unknown',
    errorCode: call.errorCode,
    sourceIp: record.sourceIPAddress || undefined,
    userAgent: record.userAgent || undefined,
    actor: call.actor,
    subject: entry.subject(call),
    effect: entry.effect(call),
  });
}

/** Whether an event gives a verdict: it has a handler. */
export function isJudged(eventName: string): boolean {
  return catalog[eventName]?.handler !== undefined;
}

/** Whether an event moves nothing that a verdict can follow from: what a role holds tells of no other change. */
export function isOnlyOfRole(eventName: string): boolean {
  return Object.hasOwn(roleEvents, eventName) && !isJudged(eventName);
}
