/** An alert that could not be delivered. The caller must let it out, so that the event is retried and at last lies in a dead-letter queue. */
export class AlertError extends Error {
  override readonly name = 'AlertError';
}
