import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { AlertError } from './alert-error.ts';
import type { Mail } from './messages/mail.ts';

/** A sender of plain-text e-mail by Amazon SES, to one address a mail. Throws `AlertError` where SES does not take it. */
export const createMailSender =
  ({ client, from }: { readonly client: SESv2Client; readonly from: string }) =>
  async ({ subject, body }: Mail, to: string, what: string): Promise<void> => {
    const command = new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      Content: { Simple: { Subject: { Data: subject, Charset: 'UTF-8' }, Body: { Text: { Data: body, Charset: 'UTF-8' } } } },
    });
    await client.send(command).catch((cause: unknown) => {
      throw new AlertError(`${what} was not taken by Amazon SES: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    });
  };
