import { SNSClient } from '@aws-sdk/client-sns';
import { mailOf } from '../../alerts/messages/mail.ts';
import { createTopicSender } from '../../alerts/send-to-topic.ts';
import { isToldAtOnce } from '../../alerts/told-at-once.ts';
import type { Channels } from '../../schemas/channels.ts';
import { validateVerdictEnvelope } from '../../schemas/validate.ts';
import { createBackground, type ReadBackground } from './background.ts';
import { createChannelStack } from './channel-stack.ts';
import { configuration } from './configuration.ts';
import type { Deliver } from './delivery.ts';
import { topicArnIn } from './environment.ts';

/** Tells a verdict by e-mail: to the topic of the alerts. */
export const createMailDelivery = (
  { mail }: Pick<Channels, 'mail'>,
  variables: NodeJS.ProcessEnv,
  parts: { readonly client?: SNSClient; readonly background?: ReadBackground } = {},
): Deliver => {
  const { client = new SNSClient({ maxAttempts: 4 }), background = createBackground(variables) } = parts;
  const send = createTopicSender({ client, topicArn: topicArnIn(variables, 'ALERT_TOPIC_ARN') });
  return async (event) => {
    const { detail: verdict } = validateVerdictEnvelope(event);
    const { time, account } = verdict.event;
    if (!isToldAtOnce(verdict, mail.minSeverity)) return { told: 0, time, left: `${verdict.outcome}, ${verdict.severity}` };
    const { unquoted, ...beyond } = await background(verdict);
    const attributes = { severity: verdict.severity, outcome: verdict.outcome, account };
    await send({ ...mailOf(verdict, beyond), attributes }, `verdict \`${verdict.id}\``);
    return unquoted === undefined ? { told: 1, time } : { told: 1, time, unquoted };
  };
};

/** E-mail, by the topic of the alerts. */
export const handler = createChannelStack({ channel: 'mail', deliver: () => createMailDelivery(configuration.channels, process.env) });
