import { SESv2Client } from '@aws-sdk/client-sesv2';
import { authorAddress } from '../../alerts/messages/author-address.ts';
import { authorMailOf } from '../../alerts/messages/author-mail.ts';
import { createMailSender } from '../../alerts/send-mail.ts';
import { isToldAtOnce } from '../../alerts/told-at-once.ts';
import type { Channels } from '../../schemas/channels.ts';
import { validateVerdictEnvelope } from '../../schemas/validate.ts';
import { createBackground, type ReadBackground } from './background.ts';
import { createChannelStack } from './channel-stack.ts';
import { configuration } from './configuration.ts';
import type { Deliver } from './delivery.ts';

/** Tells whoever wrote a policy what is too broad in it: by Amazon SES, where it is certain who that is and where the address is an allowed one. */
export const createAuthorDelivery = (
  { author }: Pick<Channels, 'author'>,
  variables: NodeJS.ProcessEnv,
  parts: { readonly client?: SESv2Client; readonly background?: ReadBackground } = {},
): Deliver => {
  const { client = new SESv2Client({ maxAttempts: 4 }), background = createBackground(variables) } = parts;
  const { from, domains, minSeverity } = author;
  if (from === undefined) throw new Error('/channels/author/from is missing in the configuration');
  const send = createMailSender({ client, from });
  const users = new Map(Object.entries(author.addresses));
  return async (event) => {
    const { detail: verdict } = validateVerdictEnvelope(event);
    const { time } = verdict.event;
    if (!isToldAtOnce(verdict, minSeverity)) return { told: 0, time, left: `${verdict.outcome}, ${verdict.severity}` };
    const address = authorAddress(verdict, { users, domains });
    if (address === undefined) return { told: 0, time, left: 'nobody who may be written to is known to have written it' };
    const { unquoted, ...beyond } = await background(verdict);
    const mail = authorMailOf(verdict, beyond);
    if (mail === undefined) return { told: 0, time, left: 'it is about nothing that its actor wrote' };
    await send(mail, address, `verdict \`${verdict.id}\``);
    return unquoted === undefined ? { told: 1, time } : { told: 1, time, unquoted };
  };
};

/** E-mail to whoever wrote a policy, by Amazon SES. */
export const handler = createChannelStack({ channel: 'author', deliver: () => createAuthorDelivery(configuration.channels, process.env) });
