import { type Check, skipped } from '../check.ts';
import { heard } from '../subscriptions.ts';

/** That Amazon Q Developer in chat applications listens. */
export const chatHeard: Check = {
  id: 'chat-heard',
  title: 'the topic of the chat channel has a subscription',
  matters: 'Amazon Q Developer hands a verdict to Slack or Microsoft Teams only where it has subscribed to the topic',
  permissions: ['sns:ListSubscriptionsByTopic'],
  after: ['stack'],
  async run(context) {
    if (!context.configuration.channels.chat.enabled) return skipped('the channel is off in the configuration');
    return heard(context, 'ChatTopic', ['--protocol', 'https', '--notification-endpoint', 'https://global.sns-api.chatbot.amazonaws.com']);
  },
};
