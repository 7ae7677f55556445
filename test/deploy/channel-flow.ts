import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { EnableSecurityHubCommand, GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { aVerdict } from '../alerts/verdicts.ts';
import { aBatch, aVerdictEvent } from '../handlers/channels/events.ts';
import type { Cloud, Credentials } from './cloud.ts';
import { account, delivered, everything } from './events.ts';
import type { Invocation } from './lambda.ts';
import type { ChannelName, FunctionName } from './template.ts';

/** A configuration with every channel switched on. */
export const everyChannel = {
  channels: {
    chat: { enabled: true },
    slack: { enabled: true, webhook: 'ssm:/trailguard/slack-webhook' },
    author: { enabled: true, from: 'guard@example.com', domains: ['example.com'], addresses: { alice: 'alice@example.com' } },
    securityHub: { enabled: true },
    digest: { minutes: 1 },
  },
};

/** What the channels' receivers need, and what they got. */
export const receiversAt = async (endpoint: string, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }: Credentials) => {
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  const configuration = { endpoint, region: 'us-east-1', credentials };
  const hub = new SecurityHubClient(configuration);
  const sns = new SNSClient(configuration);
  const webhook = { Name: '/trailguard/slack-webhook', Type: 'SecureString', Value: 'https://127.0.0.1:2/s3cr3t' } as const;
  await new SSMClient(configuration).send(new PutParameterCommand(webhook));
  await new SESv2Client(configuration).send(new CreateEmailIdentityCommand({ EmailIdentity: 'guard@example.com' }));
  await hub.send(new EnableSecurityHubCommand({}));
  const iam = new IAMClient(configuration);
  await iam.send(new CreateUserCommand({ UserName: 'bob' }));
  await iam.send(new PutUserPolicyCommand({ UserName: 'bob', PolicyName: 'all', PolicyDocument: everything }));
  return {
    /** Has what a topic is sent lie in a queue of its own name too. */
    listen: (topic: string) =>
      sns.send(
        new SubscribeCommand({
          TopicArn: `arn:aws:sns:us-east-1:${account}:${topic}`,
          Protocol: 'sqs',
          Endpoint: `arn:aws:sqs:us-east-1:${account}:${topic}`,
        }),
      ),
    findings: async () => (await hub.send(new GetFindingsCommand({}))).Findings ?? [],
  };
};

/** What the flow runs against. */
export interface ChannelFlow {
  readonly cloud: Cloud;
  readonly receivers: Awaited<ReturnType<typeof receiversAt>>;
  readonly run: (name: FunctionName | ChannelName, event: unknown) => Promise<Invocation>;
}

/** The channels end to end: each built function is given a verdict, and its receiver is asked what it got. */
export const channelFlow = (title: string, flow: () => ChannelFlow): void => {
  describe(title, () => {
    it.each([
      ['mail-channel', 'trailguard-dev-alerts', 'Subject'],
      ['chat-channel', 'trailguard-dev-chat', 'Message'],
    ] as const)('%s publishes to its topic, with the statement to blame', async (channel, topic, field) => {
      const { cloud, receivers, run } = flow();
      await cloud.taken(topic);
      await receivers.listen(topic);
      const { error, lines } = await run(channel, aVerdictEvent());
      expect(error).toBeUndefined();
      expect(lines).toContainEqual(expect.objectContaining({ message: 'told' }));
      // It may read the policy that it quotes.
      expect(lines).not.toContainEqual(expect.objectContaining({ unquoted: expect.anything() }));
      const [message] = await cloud.taken(topic);
      expect(JSON.parse(message ?? '{}')[field]).toContain('CRITICAL');
    });

    it('slack-channel reads the URL of its webhook, and says without it that nobody answers there', async () => {
      const { error, lines } = await flow().run('slack-channel', aVerdictEvent());
      expect(error).toContain('was not taken by the webhook: no connection, ECONNREFUSED');
      expect(JSON.stringify([error, lines])).not.toContain('s3cr3t');
    });

    it('author-channel has Amazon SES write to the author', async () => {
      const { error, lines } = await flow().run('author-channel', aVerdictEvent());
      expect(error).toBeUndefined();
      expect(lines).toContainEqual(expect.objectContaining({ message: 'told', channel: 'author', told: 1 }));
    });

    it('security-hub-channel tells what was found, and what is over by the tagging of the guard', async () => {
      const { receivers, run } = flow();
      expect((await run('security-hub-channel', aVerdictEvent())).error).toBeUndefined();
      expect(await receivers.findings()).toMatchObject([{ RecordState: 'ACTIVE' }]);
      const session = {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${account}:assumed-role/trailguard-dev-judge-user/x`,
        accountId: account,
        sessionContext: { sessionIssuer: { type: 'Role', userName: 'trailguard-dev-judge-user', accountId: account } },
      };
      const cleared = delivered('TagUser', {
        userIdentity: session,
        requestParameters: { userName: 'bob', tags: [{ key: 'trailguard:verdict', value: 'clear' }] },
      });
      expect((await run('security-hub-channel', cleared)).error).toBeUndefined();
      expect(await receivers.findings()).toMatchObject([{ RecordState: 'ARCHIVED' }]);
    });

    it('digest-channel tells the low and medium verdicts of one actor in one mail; severe ones never wait in its queue', async () => {
      const { cloud, receivers, run } = flow();
      await receivers.listen('trailguard-dev-alerts');
      const waiting = 'trailguard-dev-verdicts-to-digest';
      await cloud.taken(waiting);
      await cloud.taken('trailguard-dev-alerts');
      const denied = () =>
        delivered('PutUserPolicy', {
          errorCode: 'AccessDenied',
          errorMessage: `User: arn:aws:iam::${account}:user/alice is not authorized to perform: iam:PutUserPolicy on resource: user zoe because no identity-based policy allows the iam:PutUserPolicy action`,
        });
      for (const event of [denied(), denied()]) await run('user-permissions', event);
      const severe = { userName: 'least-bob', policyName: 'all', policyDocument: everything };
      await run('user-permissions', delivered('PutUserPolicy', { requestParameters: severe }));
      await cloud.heard();
      const gathered = (await cloud.taken(waiting)).map((body) => JSON.parse(body));
      expect(gathered.map(({ detail }) => detail.outcome)).toEqual(['attempted', 'attempted']);
      const { error, lines } = await run('digest-channel', aBatch(gathered));
      expect(error).toBeUndefined();
      expect(lines).toContainEqual({ batchItemFailures: [] });
      const mails = (await cloud.taken('trailguard-dev-alerts')).map((body) => JSON.parse(body).Subject);
      expect(mails).toEqual(['DIGEST: 2 changes by user alice, 2 low']);
    });

    it('what is no verdict is thrown, so that it is kept', async () => {
      const { error } = await flow().run('mail-channel', { ...aVerdictEvent(), detail: { ...aVerdict(), id: 7 } });
      expect(error).toContain('SchemaError: verdict event: /detail/id must be string');
    });
  });
};
