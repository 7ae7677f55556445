import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AlertError } from '../../alerts/alert-error.ts';
import { createWebhookPoster } from '../../alerts/post-to-webhook.ts';
import { startWebhook, type WebhookServer } from './webhook-server.ts';

const secret = '/services/T0/B0/s3cr3t';
let server: WebhookServer;
const forget = vi.fn<() => void>();
const poster = (more: { timeout?: number; fetch?: typeof fetch } = {}) =>
  createWebhookPoster({ fetch: server.fetch, ...more, address: { read: async () => new URL(`https://hooks.slack.com${secret}`), forget } });

/** The error of a message that was not taken. */
const refusal = async (post: ReturnType<typeof createWebhookPoster>): Promise<Error> => {
  const error: unknown = await post({ text: 'hello' }, 'verdict `1`').catch((caught: unknown) => caught);
  if (!(error instanceof AlertError)) throw new Error('an AlertError was expected', { cause: error });
  return error;
};

beforeAll(async () => {
  server = await startWebhook();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.received.length = 0;
  server.answers.length = 0;
  forget.mockClear();
});

describe('a poster to a webhook', () => {
  it('sends JSON once, and is done at 200', async () => {
    await poster()({ text: 'ünïcode' }, 'verdict `1`');
    expect(server.received).toEqual([{ path: secret, type: 'application/json; charset=utf-8', body: { text: 'ünïcode' } }]);
    expect(forget).not.toHaveBeenCalled();
  });

  it.each([429, 500, 503])('throws at %i, so that it is tried again', async (status) => {
    server.answers.push(status);
    expect((await refusal(poster())).message).toBe(
      `verdict \`1\` was not taken by the webhook: it answered ${status}, channel_is_archived<U+202E>`,
    );
    expect(forget).not.toHaveBeenCalled();
    await poster()({ text: 'hello' }, 'verdict `1`');
    expect(server.received).toHaveLength(2);
  });

  it.each([403, 404, 410])('throws at %i, and reads the address anew the next time', async (status) => {
    server.answers.push(status);
    await refusal(poster());
    expect(forget).toHaveBeenCalledOnce();
  });

  it('follows no redirect', async () => {
    server.answers.push({ status: 307, location: 'https://elsewhere.example/steal' });
    expect((await refusal(poster())).message).toContain('it answered 307');
    expect(server.received).toHaveLength(1);
  });

  it('waits no longer than it may', async () => {
    server.answers.push('hang');
    expect((await refusal(poster({ timeout: 50 }))).message).toBe('verdict `1` was not taken by the webhook: no answer in 50 ms');
  });

  it('says why there is no connection, never with the URL in it, not in a cause either', async () => {
    const failing: (typeof fetch)[] = [
      () => fetch(`http://127.0.0.1:2${secret}`),
      // What fetch says of a URL that it can't read has the URL in it.
      async () => fetch(`http://[${secret}`),
    ];
    const errors = await Promise.all(failing.map((each) => refusal(poster({ fetch: each }))));
    expect(errors.map(({ message }) => message)).toEqual([
      'verdict `1` was not taken by the webhook: no connection, ECONNREFUSED',
      'verdict `1` was not taken by the webhook: no connection, ERR_INVALID_URL',
    ]);
    for (const error of errors) {
      expect(error.cause).toBeUndefined();
      expect(`${error.message} ${error.stack}`).not.toContain('s3cr3t');
    }
  });
});
