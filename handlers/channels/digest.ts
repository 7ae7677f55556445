import { SNSClient } from '@aws-sdk/client-sns';
import { createTopicSender } from '../../alerts/send-to-topic.ts';
import { createDigestStack } from './digest-stack.ts';
import { topicArnIn } from './environment.ts';

/** Low and medium verdicts, gathered: one e-mail an actor. */
export const handler = createDigestStack({
  send: () => createTopicSender({ client: new SNSClient({ maxAttempts: 4 }), topicArn: topicArnIn(process.env, 'ALERT_TOPIC_ARN') }),
});
