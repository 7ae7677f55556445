const throttling =
  '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>';
const user =
  '<GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetUserResult><User><UserName>ada</UserName></User></GetUserResult></GetUserResponse>';

/** An IAM that takes so many calls a second and throttles the others, by a bucket of tokens that holds one second's; by the clock of `Date`. */
export function createThrottlingIam(rate: number, latency: number) {
  let [tokens, filledAt, sent, throttled] = [rate, Date.now(), 0, 0];
  const bySecond = new Map<number, number>();
  return {
    requestHandler: {
      async handle() {
        const now = Date.now();
        tokens = Math.min(rate, tokens + ((now - filledAt) / 1_000) * rate);
        filledAt = now;
        sent += 1;
        const second = Math.floor(now / 1_000);
        bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
        const taken = tokens >= 1;
        if (taken) tokens -= 1;
        else throttled += 1;
        await new Promise((resolve) => setTimeout(resolve, latency));
        return {
          response: {
            statusCode: taken ? 200 : 400,
            headers: { 'content-type': 'text/xml' },
            body: Buffer.from(taken ? user : throttling),
          },
        };
      },
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
    },
    /** Calls that came in, and those of them that were throttled. */
    sent: () => sent,
    throttled: () => throttled,
    /** The most calls that came in within one second. */
    peak: () => Math.max(0, ...bySecond.values()),
  };
}
