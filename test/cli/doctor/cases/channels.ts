import { CreateSecretCommand, DeleteSecretCommand } from '@aws-sdk/client-secrets-manager';
import { DisableSecurityHubCommand, EnableSecurityHubCommand } from '@aws-sdk/client-securityhub';
import { CreateEmailIdentityCommand, DeleteEmailIdentityCommand, GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { ListSubscriptionsByTopicCommand, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { DeleteParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { createClients } from '../../../../cli/doctor/clients.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import { type Account, deployed } from '../account.ts';
import type { BrokenCase, CheckCases } from '../cases.ts';

/** The configuration that is deployed, with one channel otherwise. */
const withChannel = <Name extends keyof Configuration['channels']>(
  name: Name,
  settings: Partial<Configuration['channels'][Name]>,
): Configuration => ({
  ...deployed,
  channels: { ...deployed.channels, [name]: { ...deployed.channels[name], ...settings } },
});

const off = (name: keyof Configuration['channels']): BrokenCase => ({
  title: 'a channel that is off',
  break: async () => ({ parts: { configuration: withChannel(name, { enabled: false }) } }),
  state: 'skipped',
  says: 'the channel is off in the configuration',
});

/** Another configuration than the one that was deployed. */
export const channelsDeployed: CheckCases = {
  broken: [
    {
      title: 'a channel that was switched off since',
      break: async () => ({ parts: { configuration: withChannel('slack', { enabled: false }) } }),
      says: 'channel slack is off in the configuration, and still deployed',
      fix: 'npx serverless deploy --stage dev --region us-east-1',
    },
  ],
};

async function unsubscribed({ clients: { sns }, id }: Account, topic: string, subscription: { Protocol: string; Endpoint: string }) {
  const TopicArn = await id(topic);
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  for (const { SubscriptionArn } of Subscriptions) await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  return { mend: () => sns.send(new SubscribeCommand({ TopicArn, ...subscription })) };
}

/** A topic that nobody hears. */
export const alertsHeard: CheckCases = {
  broken: [
    {
      title: 'nobody who subscribed',
      break: (account) => unsubscribed(account, 'AlertTopic', { Protocol: 'email', Endpoint: 'security@example.com' }),
      says: 'nobody has subscribed to it',
      fix: 'aws sns subscribe --region us-east-1 --topic-arn arn:aws:sns:us-east-1:123456789012:trailguard-dev-alerts --protocol email',
    },
    {
      // moto confirms every subscription at once, so the client answers as SNS does
      title: 'one who has not confirmed',
      async break() {
        const clients = createClients('us-east-1');
        const waiting = { SubscriptionArn: 'PendingConfirmation', Protocol: 'email', Endpoint: 'security@example.com' };
        mockClient(clients.sns)
          .on(ListSubscriptionsByTopicCommand)
          .resolves({ Subscriptions: [waiting] });
        return { parts: { clients } };
      },
      says: 'nobody hears it yet: 1 not confirmed',
      fix: 'aws sns subscribe',
    },
  ],
};

/** A chat that listens to nothing. */
export const chatHeard: CheckCases = {
  broken: [
    {
      title: 'nobody who subscribed',
      break: (account) =>
        unsubscribed(account, 'ChatTopic', { Protocol: 'https', Endpoint: 'https://global.sns-api.chatbot.amazonaws.com' }),
      says: 'nobody has subscribed to it',
      fix: 'aws sns subscribe --region us-east-1 --topic-arn arn:aws:sns:us-east-1:123456789012:trailguard-dev-chat',
    },
    off('chat'),
  ],
};

const Name = '/trailguard/slack-webhook';
const inSecret = { configuration: withChannel('slack', { webhook: 'secretsmanager:slack-webhook' }) };

async function parameterOf({ clients: { ssm } }: Account, type: 'SecureString' | 'String' | undefined) {
  await ssm.send(new DeleteParameterCommand({ Name }));
  if (type !== undefined) await ssm.send(new PutParameterCommand({ Name, Type: type, Value: 'https://hooks.example.com/s3cr3t' }));
  return {
    mend: () =>
      ssm.send(new PutParameterCommand({ Name, Type: 'SecureString', Value: 'https://hooks.example.com/s3cr3t', Overwrite: true })),
  };
}

async function secretOf({ clients: { secrets } }: Account, doomed: boolean) {
  const SecretId = 'slack-webhook';
  await secrets.send(new CreateSecretCommand({ Name: SecretId, SecretString: 'https://hooks.example.com/s3cr3t' }));
  if (doomed) await secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
  return { parts: inSecret, mend: () => secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true })) };
}

/** A webhook whose URL is nowhere, or where all can read it. */
export const slackWebhook: CheckCases = {
  broken: [
    {
      title: 'no parameter',
      break: (account) => parameterOf(account, undefined),
      says: 'there is no parameter /trailguard/slack-webhook',
      fix: 'aws ssm put-parameter --region us-east-1 --type SecureString --name /trailguard/slack-webhook --value file://webhook-url.txt',
    },
    {
      title: 'a parameter in plain text',
      break: (account) => parameterOf(account, 'String'),
      says: 'parameter /trailguard/slack-webhook is kept in plain text',
      fix: 'aws ssm delete-parameter',
    },
    {
      title: 'no secret',
      break: async () => ({ parts: inSecret }),
      says: 'there is no secret slack-webhook',
      fix: 'aws secretsmanager create-secret',
    },
    { title: 'a secret', break: (account) => secretOf(account, false), state: 'ok', says: 'secret slack-webhook' },
    {
      title: 'a secret that is about to go',
      break: (account) => secretOf(account, true),
      says: 'secret slack-webhook is about to be deleted',
      fix: 'aws secretsmanager restore-secret --region us-east-1 --secret-id slack-webhook',
    },
    off('slack'),
  ],
};

/** SES as it answers where it has verified one of the identities, and does not know the others. */
async function verified(EmailIdentity: string) {
  const clients = createClients('us-east-1');
  mockClient(clients.ses)
    .on(GetEmailIdentityCommand)
    .rejects(Object.assign(new Error('no such identity'), { name: 'NotFoundException' }))
    .on(GetEmailIdentityCommand, { EmailIdentity })
    .resolves({ VerifiedForSendingStatus: true });
  return { parts: { clients } };
}

/** A sender that SES does not know, or not yet. */
export const authorSender: CheckCases = {
  mocked: 'moto never verifies an identity: where it is ok, the client answers as SES does; what is wrong is that in moto',
  given: () => verified('guard@example.com'),
  broken: [
    { title: 'a verified domain', break: () => verified('example.com'), state: 'ok', says: 'example.com' },
    {
      title: 'a sender that SES does not know',
      async break({ clients: { ses } }) {
        await ses.send(new DeleteEmailIdentityCommand({ EmailIdentity: 'guard@example.com' }));
        return { mend: () => ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'guard@example.com' })) };
      },
      says: 'SES knows neither guard@example.com nor example.com',
      fix: 'aws sesv2 create-email-identity --region us-east-1 --email-identity guard@example.com',
    },
    {
      title: 'a sender that is not verified',
      break: async () => ({}),
      says: 'SES has not verified guard@example.com yet',
      fix: 'aws sesv2 get-email-identity',
    },
    off('author'),
  ],
};

/** A Security Hub that is off. */
export const securityHub: CheckCases = {
  broken: [
    {
      title: 'Security Hub switched off',
      async break({ clients: { securityHub: hub } }) {
        await hub.send(new DisableSecurityHubCommand({}));
        return { mend: () => hub.send(new EnableSecurityHubCommand({})) };
      },
      says: 'it is not on in us-east-1',
      fix: 'aws securityhub enable-security-hub --region us-east-1',
    },
    off('securityHub'),
  ],
};
