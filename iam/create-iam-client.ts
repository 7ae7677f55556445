import { IAMClient, type IAMClientConfig } from '@aws-sdk/client-iam';

/**
 * An IAM client that fits the guard: it slows itself down when IAM throttles (IAM's quotas are shared by the whole
 * account) and gives up on a silent connection well within a Lambda invocation, so that the retry is Lambda's.
 */
export function createIamClient(overrides: IAMClientConfig = {}): IAMClient {
  return new IAMClient({
    retryMode: 'adaptive',
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    ...overrides,
  });
}
