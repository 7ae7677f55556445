import {
  type AdvancedEventSelector,
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { mockClient } from 'aws-sdk-client-mock';
import { createClients } from '../../../../cli/doctor/clients.ts';
import { type Account, bucket } from '../account.ts';
import type { BrokenCase, CheckCases } from '../cases.ts';

const all: EventSelector[] = [{ ReadWriteType: 'All', IncludeManagementEvents: true }];

/** The trail made anew: moto keeps selectors of one kind beside those of the other. */
async function anew({ clients: { cloudTrail } }: Account): Promise<void> {
  await cloudTrail.send(new DeleteTrailCommand({ Name: 'main' }));
  await cloudTrail.send(
    new CreateTrailCommand({ Name: 'main', S3BucketName: bucket, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true }),
  );
  await cloudTrail.send(new StartLoggingCommand({ Name: 'main' }));
}

const selecting = (title: string, EventSelectors: EventSelector[]): BrokenCase => ({
  title,
  async break(account) {
    await account.clients.cloudTrail.send(new PutEventSelectorsCommand({ TrailName: 'main', EventSelectors }));
    return { mend: () => account.clients.cloudTrail.send(new PutEventSelectorsCommand({ TrailName: 'main', EventSelectors: all })) };
  },
  says: 'trail main does not log management events that write, or not those of IAM',
  fix: 'aws cloudtrail put-event-selectors --region us-east-1 --trail-name arn:aws:cloudtrail:us-east-1:123456789012:trail/main --event-selectors',
});

const advanced = (title: string, fields: AdvancedEventSelector['FieldSelectors'], state: 'ok' | 'wrong' = 'wrong'): BrokenCase => ({
  title,
  async break(account) {
    await anew(account);
    const AdvancedEventSelectors = [{ FieldSelectors: fields }];
    await account.clients.cloudTrail.send(new PutEventSelectorsCommand({ TrailName: 'main', AdvancedEventSelectors }));
    return { mend: () => anew(account) };
  },
  state,
  says: state === 'ok' ? 'trail main logs them' : 'trail main does not select management events that write, or not those of IAM',
  ...(state === 'ok' ? {} : { fix: 'aws cloudtrail put-event-selectors' }),
});

const management = { Field: 'eventCategory', Equals: ['Management'] };

/** A trail that hands IAM's changes to nobody. */
export const trail: CheckCases = {
  broken: [
    {
      title: 'no trail',
      async break(account) {
        await account.clients.cloudTrail.send(new DeleteTrailCommand({ Name: 'main' }));
        const { cloudTrail } = account.clients;
        return {
          async mend() {
            await cloudTrail.send(new CreateTrailCommand({ Name: 'main', S3BucketName: bucket, IsMultiRegionTrail: true }));
            await cloudTrail.send(new StartLoggingCommand({ Name: 'main' }));
          },
        };
      },
      says: 'there is no trail',
      fix: 'aws cloudtrail create-trail',
    },
    {
      title: 'a trail that was stopped',
      async break({ clients: { cloudTrail } }) {
        await cloudTrail.send(new StopLoggingCommand({ Name: 'main' }));
        return { mend: () => cloudTrail.send(new StartLoggingCommand({ Name: 'main' })) };
      },
      says: 'trail main does not log',
      fix: 'aws cloudtrail start-logging --region us-east-1 --name arn:aws:cloudtrail:us-east-1:123456789012:trail/main',
    },
    {
      title: 'a trail without the events of global services',
      async break({ clients: { cloudTrail } }) {
        await cloudTrail.send(new UpdateTrailCommand({ Name: 'main', IncludeGlobalServiceEvents: false }));
        return { mend: () => cloudTrail.send(new UpdateTrailCommand({ Name: 'main', IncludeGlobalServiceEvents: true })) };
      },
      says: 'trail main leaves out the events of global services, IAM among them',
      fix: 'aws cloudtrail update-trail',
    },
    selecting('a trail of reading events', [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }]),
    selecting('a trail of data events', [{ ReadWriteType: 'All', IncludeManagementEvents: false }]),
    selecting('a trail that leaves out IAM', [
      { ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: ['iam.amazonaws.com'] },
    ]),
    advanced('advanced selectors of data events', [{ Field: 'eventCategory', Equals: ['Data'] }]),
    advanced('advanced selectors of reading events', [management, { Field: 'readOnly', Equals: ['true'] }]),
    advanced('advanced selectors that leave out IAM', [management, { Field: 'eventSource', NotEquals: ['iam.amazonaws.com'] }]),
    advanced('advanced selectors of another service', [management, { Field: 'eventSource', Equals: ['s3.amazonaws.com'] }]),
    advanced('advanced selectors of some callers', [management, { Field: 'userIdentity.arn', StartsWith: ['arn:aws:iam::'] }]),
    advanced('advanced selectors of writing events', [management, { Field: 'readOnly', Equals: ['false'] }], 'ok'),
    advanced('advanced selectors without KMS', [management, { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }], 'ok'),
    organization('a trail of the organization, seen from a member', false),
    organization('a trail of the organization', true),
    {
      // moto lists a trail in its own Region only, so the client answers as CloudTrail does
      title: 'a trail of another Region',
      async break() {
        const clients = createClients('us-east-1');
        const elsewhere = {
          Name: 'west',
          TrailARN: 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/west',
          HomeRegion: 'eu-west-1',
          IncludeGlobalServiceEvents: true,
        };
        mockClient(clients.cloudTrail)
          .on(DescribeTrailsCommand)
          .resolves({ trailList: [{ ...elsewhere, IsMultiRegionTrail: false }] })
          .on(GetTrailStatusCommand)
          .resolves({ IsLogging: true })
          .on(GetEventSelectorsCommand)
          .resolves({ EventSelectors: all });
        return { parts: { clients } };
      },
      says: 'trail west is of eu-west-1 alone',
      fix: 'aws cloudtrail update-trail',
    },
  ],
};

/** moto knows no organizations, so the client answers as CloudTrail does. */
function organization(title: string, readable: boolean): BrokenCase {
  const arn = 'arn:aws:cloudtrail:us-east-1:999988887777:trail/all-accounts';
  return {
    title,
    async break() {
      const clients = createClients('us-east-1');
      const refused = Object.assign(new Error('the trail belongs to account 999988887777'), { name: 'TrailNotFoundException' });
      const shared = { Name: 'all-accounts', TrailARN: arn, HomeRegion: 'us-east-1', IsMultiRegionTrail: true, IsOrganizationTrail: true };
      const client = mockClient(clients.cloudTrail)
        .on(DescribeTrailsCommand)
        .resolves({ trailList: [shared] });
      client.on(GetTrailStatusCommand).resolves({ IsLogging: true });
      if (readable) client.on(GetEventSelectorsCommand).resolves({ EventSelectors: all });
      else client.on(GetEventSelectorsCommand).rejects(refused);
      return { parts: { clients } };
    },
    state: readable ? 'ok' : 'unknown',
    says: readable
      ? 'trail all-accounts logs them'
      : 'what trail all-accounts of the organization logs can only be seen in its management account',
  };
}
