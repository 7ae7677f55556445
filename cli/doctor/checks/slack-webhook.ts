import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand } from '@aws-sdk/client-ssm';
import { type Check, type Outcome, ok, skipped, wrong } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { isNotFound } from '../rules.ts';

/**
 * That the webhook's URL is where the configuration says. The URL is a secret: only what is known about it is asked for, never the URL itself. That the function may read it, `roles` says.
 */
export const slackWebhook: Check = {
  id: 'slack-webhook',
  title: "the webhook's URL is there, and kept encrypted",
  matters:
    'without the URL the channel cannot tell anything, and each verdict ends in its queue; in plain text, whoever may read parameters can write to the channel',
  permissions: ['ssm:DescribeParameters', 'secretsmanager:DescribeSecret'],
  after: ['credentials'],
  async run(context) {
    const { enabled, webhook = '' } = context.configuration.channels.slack;
    if (!enabled) return skipped('the channel is off in the configuration');
    const name = webhook.slice(webhook.indexOf(':') + 1);
    return webhook.startsWith('ssm:') ? parameter(name, context) : secret(name, context);
  },
};

async function parameter(Name: string, { aws, clients }: DoctorContext): Promise<Outcome> {
  const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values: [Name] }];
  const { Parameters: [found] = [] } = await clients.ssm.send(new DescribeParametersCommand({ ParameterFilters }));
  if (found === undefined) return wrong(`there is no parameter ${Name}`, ...putParameter(Name, aws));
  if (found.Type === 'SecureString') return ok(`parameter ${Name}`);
  return wrong(`parameter ${Name} is kept in plain text`, aws('ssm', 'delete-parameter', '--name', Name), ...putParameter(Name, aws));
}

async function secret(SecretId: string, { aws, clients }: DoctorContext): Promise<Outcome> {
  try {
    const { DeletedDate } = await clients.secrets.send(new DescribeSecretCommand({ SecretId }));
    if (DeletedDate === undefined) return ok(`secret ${SecretId}`);
    return wrong(`secret ${SecretId} is about to be deleted`, aws('secretsmanager', 'restore-secret', '--secret-id', SecretId));
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const words = ['--name', SecretId, '--secret-string', 'file://webhook-url.txt'];
    return wrong(`there is no secret ${SecretId}`, aws('secretsmanager', 'create-secret', ...words));
  }
}

function putParameter(name: string, aws: DoctorContext['aws']): string[] {
  return [aws('ssm', 'put-parameter', '--type', 'SecureString', '--name', name, '--value', 'file://webhook-url.txt')];
}
