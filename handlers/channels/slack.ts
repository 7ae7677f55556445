import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { slackMessageOf } from '../../alerts/messages/slack.ts';
import { createWebhookPoster, type WebhookOptions } from '../../alerts/post-to-webhook.ts';
import { isToldAtOnce } from '../../alerts/told-at-once.ts';
import { createWebhookAddress } from '../../alerts/webhook-address.ts';
import type { Channels } from '../../schemas/channels.ts';
import { validateVerdictEnvelope } from '../../schemas/validate.ts';
import { createBackground, type ReadBackground } from './background.ts';
import { createChannelStack } from './channel-stack.ts';
import { configuration } from './configuration.ts';
import type { Deliver } from './delivery.ts';

/** What Slack is reached by; each part has its real default. */
export interface SlackParts extends Omit<WebhookOptions, 'address'> {
  readonly ssm?: SSMClient;
  readonly secrets?: SecretsManagerClient;
  readonly now?: () => Date;
  readonly background?: ReadBackground;
}

/** Tells a verdict in Slack: to the incoming webhook whose URL is kept where the configuration says. */
export const createSlackDelivery = ({ slack }: Pick<Channels, 'slack'>, variables: NodeJS.ProcessEnv, parts: SlackParts = {}): Deliver => {
  const { ssm = new SSMClient({ maxAttempts: 4 }), secrets = new SecretsManagerClient({ maxAttempts: 4 }) } = parts;
  const { now = () => new Date(), background = createBackground(variables), ...posting } = parts;
  const { webhook: reference } = slack;
  if (reference === undefined) throw new Error('/channels/slack/webhook is missing in the configuration');
  const post = createWebhookPoster({ ...posting, address: createWebhookAddress({ reference, ssm, secrets, now }) });
  const ids = new Map(Object.entries(slack.mentions));
  return async (event) => {
    const { detail: verdict } = validateVerdictEnvelope(event);
    const { time } = verdict.event;
    if (!isToldAtOnce(verdict, slack.minSeverity)) return { told: 0, time, left: `${verdict.outcome}, ${verdict.severity}` };
    const { unquoted, ...beyond } = await background(verdict);
    await post(slackMessageOf(verdict, beyond, ids), `verdict \`${verdict.id}\``);
    return unquoted === undefined ? { told: 1, time } : { told: 1, time, unquoted };
  };
};

/** Slack, by an incoming webhook. */
export const handler = createChannelStack({ channel: 'slack', deliver: () => createSlackDelivery(configuration.channels, process.env) });
