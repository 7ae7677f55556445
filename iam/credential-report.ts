import { GenerateCredentialReportCommand, GetCredentialReportCommand, type IAMClient } from '@aws-sdk/client-iam';
import { isLimit } from './aws-errors.ts';
import { CredentialReportError, type CredentialRows, readCredentialRows } from './credential-rows.ts';
import type { Answer } from './directory.ts';
import { answer } from './live-answer.ts';

/** An account's credential report. */
export interface CredentialReport extends CredentialRows {
  /** When IAM made it, ISO 8601: up to four hours ago. */
  readonly generatedAt: string;
}

/** How long to wait for IAM, in milliseconds. */
export interface Waiting {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** IAM takes seconds for most accounts. */
  readonly atMost: number;
}

const shortestWait = 1_000;
const longestWait = 5_000;

/** Waits as most callers would: by the clock, a minute at most. */
export const patiently: Waiting = {
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  atMost: 60_000,
};

/**
 * Has IAM make a credential report, waits for it, and reads it: one call each time IAM is asked whether it is ready, and one for the report.
 * IAM makes one every four hours at most, and answers with the last one in between. `unreadable` where it is denied, not ready in time or no report.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export function readCredentialReport(client: IAMClient, waiting: Waiting = patiently): Promise<Answer<CredentialReport>> {
  return unlessNotReady(() =>
    answer('the credential report', async () => {
      await generate(client, waiting);
      const { Content, GeneratedTime } = await client.send(new GetCredentialReportCommand({}));
      if (Content === undefined || GeneratedTime === undefined) throw new Error('IAM answered GetCredentialReport without a report');
      return { generatedAt: GeneratedTime.toISOString(), ...readCredentialRows(new TextDecoder().decode(Content)) };
    }),
  );
}

async function generate(client: IAMClient, { sleep, atMost }: Waiting): Promise<void> {
  let waited = 0;
  for (let wait = shortestWait; ; wait = Math.min(wait * 2, longestWait)) {
    try {
      const { State } = await client.send(new GenerateCredentialReportCommand({}));
      if (State === 'COMPLETE') return;
    } catch (error) {
      // Too many reports were asked for: there is one then.
      if (isLimit(error)) return;
      throw error;
    }
    if (waited + wait > atMost) throw new CredentialReportError(`IAM had not made it after ${Math.round(waited / 1_000)} s`);
    await sleep(wait);
    waited += wait;
  }
}

const notReady = new Set(['CredentialReportExpiredException', 'CredentialReportNotPresentException', 'CredentialReportNotReadyException']);

async function unlessNotReady<Value>(read: () => Promise<Answer<Value>>): Promise<Answer<Value>> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof CredentialReportError || (error instanceof Error && notReady.has(error.name)))) throw error;
    return { found: false, why: 'unreadable', detail: `the credential report can't be had now: ${error.message}` };
  }
}
