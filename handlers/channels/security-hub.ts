import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { createFindingsImporter } from '../../alerts/import-findings.ts';
import { asffOf, clearedAsffOf } from '../../alerts/messages/security-hub.ts';
import { type Cleared, clearedByRecord, clearedBySweep } from '../../guard/cleared.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { validateEnvelope, validateSweepEnvelope, validateVerdictEnvelope } from '../../schemas/validate.ts';
import { readEnvironment } from '../environment.ts';
import { createIsOwn } from '../is-own.ts';
import { createChannelStack } from './channel-stack.ts';
import { configuration } from './configuration.ts';
import type { Deliver, Delivery } from './delivery.ts';

/** The Security Hub that findings go to: that of the function's own Region. */
export interface SecurityHubParts {
  readonly region: string;
  readonly client?: SecurityHubClient;
}

/**
 * Tells Security Hub: what a verdict found, and what is over, as the guard's own tagging, deletions and whole sweeps say. It takes findings of
 * its own account only.
 */
export const createSecurityHubDelivery = (
  { tagPrefix }: Pick<Configuration, 'tagPrefix'>,
  variables: NodeJS.ProcessEnv,
  { region, client = new SecurityHubClient({ maxAttempts: 4 }) }: SecurityHubParts,
): Deliver => {
  const { account, roles } = readEnvironment(variables);
  const isOwn = createIsOwn(account, roles);
  const hub = createFindingsImporter({ client });
  const resolve = async (cleared: Cleared | undefined, time: string): Promise<Delivery> => {
    const told =
      cleared?.verdict.event.account === account ? await hub.resolve(clearedAsffOf(cleared.verdict, cleared.rules, { region })) : 0;
    return told > 0 ? { told, time } : { told, time, left: 'nothing that Security Hub has is over' };
  };
  return async (event) => {
    switch (detailType(event)) {
      case 'AWS API Call via CloudTrail': {
        const { detail } = validateEnvelope(event);
        return resolve(clearedByRecord(detail, { tagPrefix, isOwn }), detail.eventTime);
      }
      case 'IAM Sweep Summary': {
        const { detail } = validateSweepEnvelope(event);
        return resolve(clearedBySweep(detail, region), detail.startedAt);
      }
      default: {
        const { detail: verdict } = validateVerdictEnvelope(event);
        const { time } = verdict.event;
        const told = verdict.event.account === account ? await hub.report(asffOf(verdict, { region })) : 0;
        return told > 0 ? { told, time } : { told, time, left: `${verdict.outcome}, with nothing new to find` };
      }
    }
  };
};

function detailType(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'detail-type' in event ? event['detail-type'] : undefined;
}

/** AWS Security Hub. */
export const handler = createChannelStack({
  channel: 'security-hub',
  deliver: () => createSecurityHubDelivery(configuration, process.env, { region: process.env.AWS_REGION ?? '' }),
});
