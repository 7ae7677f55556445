import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { metricNamespace } from './metric-names.ts';

const longest = 2_000;

/** The stack's name, which is its bus's: guards of two stages in one account stay apart. A bus that is missing is another's error to tell. */
const serviceName = (): string => process.env.EVENT_BUS_NAME || 'trailguard';

/** Access key ids name a credential; ids of users, roles and policies (AIDA, AROA, ANPA) do not. */
const accessKeyIds = /\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g;

/** A value as it may stand in a log: access key ids masked, and no text long enough to be a whole document. */
export const forLog = (_key: string, value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  const masked = value.replace(accessKeyIds, '$1…');
  return masked.length > longest ? `${masked.slice(0, longest)}… (${masked.length} characters)` : masked;
};

/** The logger of a function: JSON lines, each value passed through `forLog`. */
export const createLogger = (): Logger => new Logger({ serviceName: serviceName(), jsonReplacerFn: forLog });

/** The metrics of a function, in the CloudWatch embedded metric format. */
export const createMetrics = (logger: Logger): Metrics => new Metrics({ namespace: metricNamespace, serviceName: serviceName(), logger });
