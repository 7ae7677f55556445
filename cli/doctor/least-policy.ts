import type { Check } from './check.ts';

/** Whose guard a policy is for. */
export interface Whose {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
}

/** A statement of a policy of IAM. */
export interface LeastStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

type Resources = (whose: Whose) => readonly string[];

const inRegion =
  (service: string, ...resources: readonly string[]): Resources =>
  ({ partition, account, region, stackName }) =>
    resources.map((resource) => `arn:${partition}:${service}:${region}:${account}:${resource.replaceAll('STACK', stackName)}`);

/** On what the actions of a service work; `*` for those of no other service. */
const ofService: Readonly<Record<string, Resources>> = {
  cloudformation: inRegion('cloudformation', 'stack/STACK/*'),
  dynamodb: inRegion('dynamodb', 'table/STACK-*'),
  events: inRegion('events', 'rule/STACK-*', 'rule/STACK/STACK-*'),
  iam: ({ partition, account, stackName }) => [`arn:${partition}:iam::${account}:role/${stackName}-*`],
  lambda: inRegion('lambda', 'function:STACK-*'),
  secretsmanager: inRegion('secretsmanager', 'secret:*'),
  securityhub: inRegion('securityhub', 'hub/default'),
  ses: inRegion('ses', 'identity/*'),
  sns: inRegion('sns', 'STACK-*'),
  sqs: inRegion('sqs', 'STACK-*'),
};

/** What works on something else than the rest of its service: the canary's own rule and queue, its function, and what takes no resource. */
const ofAction: Readonly<Record<string, Resources>> = {
  'cloudtrail:GetTrailStatus': ({ partition }) => [`arn:${partition}:cloudtrail:*:*:trail/*`],
  'cloudtrail:GetEventSelectors': ({ partition }) => [`arn:${partition}:cloudtrail:*:*:trail/*`],
  'lambda:InvokeFunction': inRegion('lambda', 'function:STACK-user-permissions'),
  'lambda:ListEventSourceMappings': () => ['*'],
};

const ofCanary: Readonly<Record<string, Resources>> = {
  events: inRegion('events', 'rule/STACK/STACK-doctor-canary-*'),
  sqs: inRegion('sqs', 'STACK-doctor-canary-*'),
};

/** What a person needs for some checks, one statement for each set of resources, as IAM takes it. */
export function leastStatements(checks: readonly Check[], whose: Whose): LeastStatement[] {
  const byResource = new Map<string, Set<string>>();
  const reading = new Set(checks.filter(({ writes }) => !writes).flatMap(({ permissions }) => permissions));
  for (const { permissions, writes } of checks) {
    for (const action of permissions) {
      // What another check reads anyway.
      if (writes && reading.has(action)) continue;
      const [service = ''] = action.split(':');
      const resources = ofAction[action] ?? (writes ? ofCanary[service] : ofService[service]) ?? (() => ['*']);
      const key = JSON.stringify(resources(whose));
      byResource.set(key, (byResource.get(key) ?? new Set()).add(action));
    }
  }
  return [...byResource].map(([key, actions], index) => {
    const resources = JSON.parse(key) as string[];
    return {
      Sid: `Doctor${index + 1}`,
      Effect: 'Allow',
      Action: [...actions].toSorted(),
      Resource: resources.length === 1 ? (resources[0] ?? '*') : resources,
    };
  });
}
