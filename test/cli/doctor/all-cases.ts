import { canary } from './cases/canary.ts';
import { alertsHeard, authorSender, channelsDeployed, chatHeard, securityHub, slackWebhook } from './cases/channels.ts';
import { credentials, region, stack } from './cases/first.ts';
import { environment, failureDestinations, functionPermissions, functions, queueFeeds } from './cases/functions.ts';
import { alertRecords, queuePolicies, queuesEmpty } from './cases/queues.ts';
import { roles } from './cases/roles.ts';
import { rulesEnabled, rulesMatch, ruleTargets, sweepSchedule } from './cases/rules.ts';
import { sweepRan } from './cases/sweep.ts';
import { trail } from './cases/trail.ts';
import type { CheckCases } from './cases.ts';

/** The cases of every check, by its id. */
export const allCases: Readonly<Record<string, CheckCases>> = {
  credentials,
  region,
  stack,
  trail,
  'rules-enabled': rulesEnabled,
  'rules-match': rulesMatch,
  'rule-targets': ruleTargets,
  functions,
  'function-permissions': functionPermissions,
  environment,
  roles,
  'failure-destinations': failureDestinations,
  'queue-policies': queuePolicies,
  'queues-empty': queuesEmpty,
  'queue-feeds': queueFeeds,
  'alert-records': alertRecords,
  'channels-deployed': channelsDeployed,
  'alerts-heard': alertsHeard,
  'chat-heard': chatHeard,
  'slack-webhook': slackWebhook,
  'author-sender': authorSender,
  'security-hub': securityHub,
  'sweep-schedule': sweepSchedule,
  'sweep-ran': sweepRan,
  canary,
};
