import type { Check } from '../check.ts';
import { heard } from '../subscriptions.ts';

/** That somebody gets the mail. */
export const alertsHeard: Check = {
  id: 'alerts-heard',
  title: 'the topic of the alerts has a confirmed subscription',
  matters:
    'mail, digests, severe sweeps and all alarms of the guard go to this topic: where nobody has confirmed a subscription, nobody reads them',
  permissions: ['sns:ListSubscriptionsByTopic'],
  after: ['stack'],
  run: (context) => heard(context, 'AlertTopic', ['--protocol', 'email', '--notification-endpoint', 'security@example.com']),
};
