import { SNSClient } from '@aws-sdk/client-sns';
import { chatNotificationOf } from '../../alerts/messages/chat.ts';
import { createTopicSender } from '../../alerts/send-to-topic.ts';
import { isToldAtOnce } from '../../alerts/told-at-once.ts';
import type { Channels } from '../../schemas/channels.ts';
import { validateVerdictEnvelope } from '../../schemas/validate.ts';
import { createBackground, type ReadBackground } from './background.ts';
import { createChannelStack } from './channel-stack.ts';
import { configuration } from './configuration.ts';
import type { Deliver } from './delivery.ts';
import { topicArnIn } from './environment.ts';

/** Tells a verdict in chat: to the topic that Amazon Q Developer in chat applications listens to. */
export const createChatDelivery = (
  { chat }: Pick<Channels, 'chat'>,
  variables: NodeJS.ProcessEnv,
  parts: { readonly client?: SNSClient; readonly background?: ReadBackground } = {},
): Deliver => {
  const { client = new SNSClient({ maxAttempts: 4 }), background = createBackground(variables) } = parts;
  const send = createTopicSender({ client, topicArn: topicArnIn(variables, 'CHAT_TOPIC_ARN') });
  return async (event) => {
    const { detail: verdict } = validateVerdictEnvelope(event);
    const { time } = verdict.event;
    if (!isToldAtOnce(verdict, chat.minSeverity)) return { told: 0, time, left: `${verdict.outcome}, ${verdict.severity}` };
    const { unquoted, ...beyond } = await background(verdict);
    await send({ body: JSON.stringify(chatNotificationOf(verdict, beyond)) }, `verdict \`${verdict.id}\``);
    return unquoted === undefined ? { told: 1, time } : { told: 1, time, unquoted };
  };
};

/** Chat, by Amazon Q Developer in chat applications. */
export const handler = createChannelStack({ channel: 'chat', deliver: () => createChatDelivery(configuration.channels, process.env) });
