import { visible } from '../schemas/visible-text.ts';
import { UsageError } from './usage-error.ts';

const none = new Set(['CredentialsProviderError', 'TokenProviderError']);
const bad = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidClientTokenIdException',
  'InvalidToken',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const throttled = new Set(['Throttling', 'ThrottlingException', 'RequestLimitExceeded', 'TooManyRequestsException']);

/** What AWS, or the way to it, says where the person who runs the command can mend it; any other error is given back as it is. */
export function explainAwsFault(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const said = visible(error.message);
  if (none.has(error.name))
    return new UsageError(
      `no AWS credentials: ${said} (set AWS_PROFILE, run \`aws sso login\`, or give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)`,
    );
  if (bad.has(error.name))
    return new UsageError(`AWS does not take these credentials: ${said} (sign in again, or choose another AWS_PROFILE)`);
  if (/region is missing/i.test(error.message))
    return new UsageError('no AWS Region: give one with --region (us-east-1; cn-north-1 in China)');
  if (throttled.has(error.name))
    return new UsageError(`IAM is throttling this account: ${said} (run it again later: it goes on where it stopped)`);
  if (isNetwork(error)) return new UsageError(`AWS could not be reached: ${said} (look at the network, --region and AWS_ENDPOINT_URL)`);
  return error;
}

function isNetwork(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(code) || error.name === 'TimeoutError';
}
