import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import { actorOf } from './actor.ts';
import { accountOfArn, partitionOfArn, partitionOfRegion } from './arn.ts';
import type { Actor } from './change.ts';
import { type DeniedTarget, deniedTarget } from './denied-target.ts';
import { type Fields, fieldsOf, isTrue, text } from './fields.ts';
import { known } from './known.ts';

/** One record, laid out for the catalog to read. */
export interface Call {
  readonly eventName: string;
  readonly actor: Actor;
  /** Where it happened; `unknown` where nothing in the record tells. */
  readonly account: string;
  readonly partition?: string;
  readonly errorCode?: string;
  /** What the caller asked for. Where the record does not say, what the message of a denied call tells of it. */
  readonly request: Fields;
  /** True where `request` is all that the caller sent: only then does a missing parameter mean IAM's default. */
  readonly complete: boolean;
  /** True where the record has no request parameters: the caller sent none, or the call was denied. */
  readonly empty: boolean;
  readonly response: Fields;
  /** The target in the message of a denied call. */
  readonly denied?: DeniedTarget;
}

/** Reads a record of any IAM call. Never throws: what has another type than it should have is taken for missing. */
export function callOf(record: CloudTrailRecord): Call {
  const { requestParameters, responseElements, errorMessage } = record;
  const actor = actorOf(record);
  const sent = fieldsOf(requestParameters);
  const empty = requestParameters === null || requestParameters === undefined;
  const complete = !empty && !isTrue(sent, 'omitted');
  const errorCode = record.errorCode || undefined;
  const denied = complete || errorCode === undefined ? undefined : deniedTarget(errorMessage ?? undefined);
  return known<Call>({
    eventName: record.eventName,
    actor,
    account: record.recipientAccountId || actor.accountId || accountOfArn(actor.arn) || 'unknown',
    partition: partitionOfArn(actor.arn) ?? partitionOfRegion(record.awsRegion || undefined),
    errorCode,
    request: complete ? sent : parametersOf(denied),
    complete,
    empty,
    response: fieldsOf(responseElements),
    denied,
  });
}

/** The part of `responseElements` that describes one thing: `policy`, `user`, `accessKey`, … */
export function returned(call: Call, thing: string): Fields {
  return fieldsOf(call.response[thing]);
}

/** A text parameter of the request. */
export function asked(call: Call, parameter: string): string | undefined {
  return text(call.request, parameter);
}

function parametersOf(denied: DeniedTarget | undefined): Fields {
  switch (denied?.type) {
    case 'user':
      return { userName: denied.name };
    case 'group':
      return { groupName: denied.name };
    case 'role':
      return { roleName: denied.name };
    case 'policy':
      return { policyName: denied.name, policyArn: denied.arn, versionId: denied.version };
    default:
      return {};
  }
}
