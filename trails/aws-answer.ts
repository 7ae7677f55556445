const credentials = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidToken',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** Whether a fault lies with the caller's credentials, so that asking for anything else would end the same way. */
export function isCredentialFault(error: unknown): boolean {
  return credentials.has(nameOf(error));
}

/** Whether AWS says that the caller may not do this. */
export function isDenied(error: unknown): boolean {
  return /^(AccessDenied|AccessDeniedException|AllAccessDisabled)$/.test(nameOf(error)) || statusOf(error) === 403;
}

/** Whether AWS asks to be asked more slowly. */
export function isThrottled(error: unknown): boolean {
  return /^(Throttling|ThrottlingException|TooManyRequestsException|RequestLimitExceeded|SlowDown)$/.test(nameOf(error));
}

/** What an error says. Some have nothing but a name. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' || error.message === 'UnknownError' ? error.name : error.message;
}

/** The name of an error: AWS's code for it. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** The HTTP status of an answer that was an error. */
export function statusOf(error: unknown): number | undefined {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined;
  const status = typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}
