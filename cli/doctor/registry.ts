import type { Check } from './check.ts';
import { alertRecords } from './checks/alert-records.ts';
import { alertsHeard } from './checks/alerts-heard.ts';
import { authorSender } from './checks/author-sender.ts';
import { canary } from './checks/canary.ts';
import { channelsDeployed } from './checks/channels-deployed.ts';
import { chatHeard } from './checks/chat-heard.ts';
import { credentials } from './checks/credentials.ts';
import { environment } from './checks/environment.ts';
import { failureDestinations } from './checks/failure-destinations.ts';
import { functionPermissions } from './checks/function-permissions.ts';
import { functions } from './checks/functions.ts';
import { queueFeeds } from './checks/queue-feeds.ts';
import { queuePolicies } from './checks/queue-policies.ts';
import { queuesEmpty } from './checks/queues-empty.ts';
import { region } from './checks/region.ts';
import { roles } from './checks/roles.ts';
import { ruleTargets } from './checks/rule-targets.ts';
import { rulesEnabled } from './checks/rules-enabled.ts';
import { rulesMatch } from './checks/rules-match.ts';
import { securityHub } from './checks/security-hub.ts';
import { slackWebhook } from './checks/slack-webhook.ts';
import { stack } from './checks/stack.ts';
import { sweepRan } from './checks/sweep-ran.ts';
import { sweepSchedule } from './checks/sweep-schedule.ts';
import { trail } from './checks/trail.ts';

/** Every check, in the order in which an event meets what it looks at; one after those that it needs. */
export const checks: readonly Check[] = [
  credentials,
  region,
  stack,
  trail,
  rulesEnabled,
  rulesMatch,
  ruleTargets,
  functions,
  functionPermissions,
  environment,
  roles,
  failureDestinations,
  queuePolicies,
  queuesEmpty,
  queueFeeds,
  alertRecords,
  channelsDeployed,
  alertsHeard,
  chatHeard,
  slackWebhook,
  authorSender,
  securityHub,
  sweepSchedule,
  sweepRan,
  canary,
];
