import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import { type Call, callsOfBeginning, type Population } from './load-account.ts';
import { changesIn } from './load-changes.ts';
import { createChance } from './trail-records.ts';

/** One event: what happened to the account, and the record that the guard gets of it, which may say less. */
export interface LoadEvent {
  readonly happened: CloudTrailRecord;
  readonly delivered: CloudTrailRecord;
  /** False where the call was denied: nothing happened. */
  readonly done: boolean;
}

/** The events of an account whose users, groups and policies stay as many as they are. The same shape gives the same events. */
export interface LoadEvents {
  /** What made the account. */
  readonly beginning: readonly CloudTrailRecord[];
  next(): LoadEvent;
  /** What makes the account as it is now, from nothing. */
  standing(): readonly CloudTrailRecord[];
}

/** What events are made of: `start` is the time of the first, `apart` what lies between two, in milliseconds. */
export interface LoadShape extends Population {
  readonly seed: number;
  readonly start: number;
  readonly apart: number;
}

/** One event in so many is a call that was denied; one document in so many is too big for its record. */
const [deniedIn, oversizeIn] = [25, 200];

/** The account is a month old. */
const age = 30 * 24 * 3_600_000;

const userAgents: readonly string[] = [
  'APN/1.0 HashiCorp/1.0 Terraform/1.11.2 (+https://www.terraform.io) terraform-provider-aws/5.90.0',
  'aws-cli/2.24.20 md/awscrt#0.23.8 ua/2.1 os/linux lang/python#3.12.9 md/command#iam',
  'cloudformation.amazonaws.com',
];

/** Events of an account of this shape. */
export function createLoadEvents(shape: LoadShape): LoadEvents {
  const { account, users, seed, start, apart } = shape;
  const chance = createChance(seed);
  const changes = changesIn(shape, chance).map((change) => ({ ...change, begun: 0 }));
  const total = changes.reduce((sum, { weight }) => sum + weight, 0);
  /** Changes on their way, the oldest first: few enough that no two of a kind meet at one user. */
  const open: { readonly done: CloudTrailRecord[]; readonly left: Call[] }[] = [];
  const mostOpen = Math.max(5, Math.floor(users / 10));
  let count = 0;

  const recordOf = ({ name, request, response }: Call, time: number): CloudTrailRecord => ({
    eventVersion: '1.11',
    userIdentity: chance.below(3) === 0 ? person(account, `user-${chance.below(users)}`) : pipeline(account, `i-${chance.hex(17)}`),
    eventTime: new Date(time).toISOString().replace(/[.]\d+Z$/, 'Z'),
    eventSource: 'iam.amazonaws.com',
    eventName: name,
    awsRegion: 'us-east-1',
    sourceIPAddress: `198.51.100.${chance.below(255)}`,
    userAgent: chance.of(userAgents),
    requestParameters: request,
    responseElements: response ?? null,
    requestID: chance.uuid(),
    eventID: chance.uuid(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  });
  const denied = (record: CloudTrailRecord): CloudTrailRecord => ({
    ...record,
    requestParameters: null,
    responseElements: null,
    errorCode: 'AccessDenied',
    errorMessage: `User: arn:aws:iam::${account}:user/user-7 is not authorized to perform: iam:${record.eventName} on resource: user user-9 because no identity-based policy allows the iam:${record.eventName} action`,
  });
  const oversize = (record: CloudTrailRecord): CloudTrailRecord => ({
    ...record,
    requestParameters: { reason: 'requestParameters too large', omitted: true, originalSize: 120_000 },
  });

  function choose() {
    let left = chance.number() * total;
    for (const change of changes) {
      left -= change.weight;
      if (left < 0) return change;
    }
    throw new Error('no change to choose from');
  }

  const beginning = callsOfBeginning(shape, chance).map((call, index) => recordOf(call, start - age + index * 1_000));
  return {
    beginning,
    standing: () => [...beginning, ...open.flatMap(({ done }) => done)],
    next() {
      const time = start + count++ * apart;
      if (chance.below(deniedIn) === 0) {
        const [call] = choose().calls(chance.below(users));
        if (call === undefined) throw new Error('a change without calls');
        const record = denied(recordOf(call, time));
        return { happened: record, delivered: record, done: false };
      }
      const goesOn = open.length > 0 && (open.length >= mostOpen || chance.below(2) === 0);
      const change = goesOn ? undefined : choose();
      const chain = change ? { done: [], left: [...change.calls(change.begun++)] } : open[0];
      const call = chain?.left.shift();
      if (chain === undefined || call === undefined) throw new Error('a change without calls');
      const happened = recordOf(call, time);
      chain.done.push(happened);
      if (change && chain.left.length > 0) open.push(chain);
      if (!change && chain.left.length === 0) open.shift();
      const isOversize = call.request.policyDocument !== undefined && chance.below(oversizeIn) === 0;
      return { happened, delivered: isOversize ? oversize(happened) : happened, done: true };
    },
  };
}

type Identity = NonNullable<CloudTrailRecord['userIdentity']>;

function person(account: string, userName: string): Identity {
  return {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLEEXAMPLE',
    arn: `arn:aws:iam::${account}:user/${userName}`,
    accountId: account,
    userName,
  };
}

/** A session behind a role, as `userIdentity` has it. */
export function pipeline(account: string, session: string, role = 'deploy'): Identity {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLEEXAMPLE:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLE',
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      attributes: { creationDate: '2026-03-02T08:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}
