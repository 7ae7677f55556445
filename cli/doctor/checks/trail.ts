import {
  type CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import { messageOf } from '../../../iam/aws-errors.ts';
import { inParallel } from '../../../iam/in-parallel.ts';
import { type Check, type Fault, type Outcome, ok, wrong } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { homeRegion } from '../home-region.ts';
import { selectorFault } from '../trail-selectors.ts';

const atOnce = 3;

/** What is known of one trail: what it lacks, or why that can't be seen. Nothing where it serves. */
interface Looked {
  readonly name: string;
  readonly faults: readonly Fault[];
  readonly unseen?: string;
}

/** That a trail hands IAM's changes to EventBridge. */
export const trail: Check = {
  id: 'trail',
  title: 'a trail logs the changes of IAM',
  matters: 'EventBridge hears of IAM only what a trail logs: without one the guard sees nothing',
  permissions: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
  after: ['credentials'],
  async run(context) {
    const { trailList = [] } = await context.clients.cloudTrail.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
    if (trailList.length === 0) return wrong('there is no trail', ...creation(context));
    const home = homeRegion((await context.caller()).partition) ?? context.region;
    const looked = await inParallel(trailList, atOnce, (each) => look(each, home, context));
    const serving = looked.find(({ faults, unseen }) => faults.length === 0 && unseen === undefined);
    return serving === undefined ? outcomeOf(looked) : ok(`trail ${serving.name} logs them${more(looked.length)}`);
  },
};

/** A trail that nobody could look into may be the one: then nothing is said to be wrong. */
function outcomeOf(looked: readonly Looked[]): Outcome {
  const unseen = looked.find((each) => each.unseen !== undefined);
  if (unseen?.unseen !== undefined) return { state: 'unknown', says: unseen.unseen };
  const [nearest] = looked.toSorted((a, b) => a.faults.length - b.faults.length);
  const says = looked.flatMap(({ name, faults }) => faults.map((fault) => `trail ${name} ${fault.says}`)).join('; ');
  return wrong(says, ...(nearest?.faults.flatMap(({ fix }) => fix) ?? []));
}

function more(count: number): string {
  return count === 1 ? '' : ` (one of ${count})`;
}

async function look(each: Trail, home: string, { aws, clients: { cloudTrail } }: DoctorContext): Promise<Looked> {
  const { Name: name = '', TrailARN: arn = name } = each;
  try {
    const { IsLogging } = await cloudTrail.send(new GetTrailStatusCommand({ Name: arn }));
    const faults: Fault[] = [];
    if (IsLogging !== true) faults.push({ says: 'does not log', fix: [aws('cloudtrail', 'start-logging', '--name', arn)] });
    if (each.IsMultiRegionTrail !== true && each.HomeRegion !== home)
      faults.push({
        says: `is of ${each.HomeRegion} alone`,
        fix: [aws('cloudtrail', 'update-trail', '--name', arn, '--is-multi-region-trail', '--include-global-service-events')],
      });
    if (each.IncludeGlobalServiceEvents === false)
      faults.push({
        says: 'leaves out the events of global services, IAM among them',
        fix: [aws('cloudtrail', 'update-trail', '--name', arn, '--include-global-service-events')],
      });
    const selecting = await selectors(cloudTrail, arn);
    return {
      name,
      faults: [...faults, ...selectorFault(selecting, (words) => aws('cloudtrail', 'put-event-selectors', '--trail-name', arn, ...words))],
    };
  } catch (error) {
    if (each.IsOrganizationTrail !== true) throw error;
    const show = aws('cloudtrail', 'get-event-selectors', '--trail-name', arn);
    return {
      name,
      faults: [],
      unseen: `what trail ${name} of the organization logs can only be seen in its management account (${messageOf(error)}): run \`${show}\` there`,
    };
  }
}

function selectors(client: CloudTrailClient, TrailName: string) {
  return client.send(new GetEventSelectorsCommand({ TrailName }));
}

function creation({ aws, stackName }: DoctorContext): string[] {
  return [
    aws(
      'cloudtrail',
      'create-trail',
      '--name',
      `${stackName}-management-events`,
      '--s3-bucket-name',
      'BUCKET',
      '--is-multi-region-trail',
      '--include-global-service-events',
    ),
    aws('cloudtrail', 'start-logging', '--name', `${stackName}-management-events`),
  ];
}
