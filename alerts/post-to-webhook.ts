import { visible } from '../schemas/visible-text.ts';
import { AlertError } from './alert-error.ts';
import type { WebhookAddress } from './webhook-address.ts';

const longestWait = 5_000;
const longestAnswer = 200;

/** What a poster to a webhook needs. `fetch` and `timeout` (milliseconds) are the real ones unless a test hands in others. */
export interface WebhookOptions {
  readonly address: WebhookAddress;
  readonly fetch?: typeof fetch;
  readonly timeout?: number;
}

/**
 * A poster of JSON to an incoming webhook; `what` is what the message is, for an error. Throws `AlertError` for every answer but a 2xx, and for
 * none within five seconds, so that Lambda tries again after one minute and after two more. No error holds the URL, nor an error of `fetch`, which may.
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
 */
export const createWebhookPoster =
  ({ address, fetch: post = fetch, timeout = longestWait }: WebhookOptions) =>
  async (message: unknown, what: string): Promise<void> => {
    const url = await address.read();
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(message),
      // An answer from elsewhere says nothing of the webhook, and the message would go there.
      redirect: 'manual' as const,
      signal: AbortSignal.timeout(timeout),
    };
    const answer = await post(url, request).catch((error: unknown) => {
      throw new AlertError(`${what} was not taken by the webhook: ${reasonOf(error, timeout)}`);
    });
    if (answer.ok) return;
    // It may have been replaced: the next try reads it anew.
    if (answer.status !== 429 && answer.status < 500) address.forget();
    const said = await answer.text().catch(() => 'its answer broke off');
    throw new AlertError(`${what} was not taken by the webhook: it answered ${answer.status}, ${visible(said.slice(0, longestAnswer))}`);
  };

function reasonOf(error: unknown, timeout: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer in ${timeout} ms`;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? `no connection, ${code}` : 'no connection';
}
