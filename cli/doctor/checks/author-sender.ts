import { GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { type Check, ok, skipped, wrong } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { isNotFound } from '../rules.ts';

/** That Amazon SES sends mail from the address that authors are written to from. */
export const authorSender: Check = {
  id: 'author-sender',
  title: 'Amazon SES has verified the sender, or its domain',
  matters: 'SES sends nothing from an address that it has not verified: no author is told',
  permissions: ['ses:GetEmailIdentity'],
  after: ['credentials'],
  async run(context) {
    const { enabled, from = '' } = context.configuration.channels.author;
    if (!enabled) return skipped('the channel is off in the configuration');
    const identities = [from, from.slice(from.indexOf('@') + 1)];
    const verified = await Promise.all(identities.map((identity) => isVerified(identity, context)));
    const found = identities.find((_, index) => verified[index] === true);
    if (found !== undefined) return ok(found);
    const known = identities.find((_, index) => verified[index] === false);
    const { aws } = context;
    if (known === undefined)
      return wrong(`SES knows neither ${identities.join(' nor ')}`, aws('sesv2', 'create-email-identity', '--email-identity', from));
    return wrong(`SES has not verified ${known} yet`, aws('sesv2', 'get-email-identity', '--email-identity', known));
  },
};

/** Whether an identity is verified; undefined where SES does not know it. */
async function isVerified(EmailIdentity: string, { clients: { ses } }: DoctorContext): Promise<boolean | undefined> {
  try {
    const { VerifiedForSendingStatus = false } = await ses.send(new GetEmailIdentityCommand({ EmailIdentity }));
    return VerifiedForSendingStatus;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
