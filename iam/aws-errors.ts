// The names IAM answers with: the SDK's exception class where the service model has one, the bare code elsewhere.
const absent = new Set(['NoSuchEntity', 'NoSuchEntityException']);
const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);
const limits = new Set(['LimitExceeded', 'LimitExceededException']);
const throttlings = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestLimitExceeded',
  'TooManyRequestsException',
]);
const invalid = new Set(['InvalidInput', 'InvalidInputException', 'ValidationError', 'ValidationException']);

/** True where IAM says that there is no such thing. */
export function isAbsent(error: unknown): boolean {
  return absent.has(nameOf(error));
}

/** True where IAM says that the caller may not do this. Bad or expired credentials are not meant: those are a fault. */
export function isDenied(error: unknown): boolean {
  return denied.has(nameOf(error));
}

/** True where a quota of IAM is used up. */
export function isLimit(error: unknown): boolean {
  return limits.has(nameOf(error));
}

/** True where IAM asks to be asked more slowly. */
export function isThrottling(error: unknown): boolean {
  return throttlings.has(nameOf(error));
}

/** True where a retry may mend it: whatever is not IAM's last word, such as throttling, a 5xx, a lost connection. */
export function isTransient(error: unknown): boolean {
  return !(isAbsent(error) || isDenied(error) || isLimit(error) || invalid.has(nameOf(error)));
}

/** What an error says, for a person. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
