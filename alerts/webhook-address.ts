import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { AlertError } from './alert-error.ts';

/** How long an address is kept in memory, in milliseconds: as long as a new one may take to be used. */
const kept = 5 * 60_000;

/** Where a webhook's URL is kept: `ssm:/NAME` or `secretsmanager:NAME`. */
export interface WebhookAddressOptions {
  readonly reference: string;
  readonly ssm: SSMClient;
  readonly secrets: SecretsManagerClient;
  readonly now: () => Date;
}

/** The URL of a webhook, which is a secret: whoever has it may write. No error holds it. */
export interface WebhookAddress {
  /** Throws `AlertError` where it can't be read, or is no https URL. */
  read(): Promise<URL>;
  /** Has it read anew the next time: it may have been replaced. */
  forget(): void;
}

/** Reads the URL of a webhook when it is first needed, and keeps it for five minutes. */
export const createWebhookAddress = ({ reference, ssm, secrets, now }: WebhookAddressOptions): WebhookAddress => {
  let known: { readonly url: URL; readonly until: number } | undefined;
  const [kind, name = ''] = reference.split(/:(.*)/s);
  const fetched = async (): Promise<string | undefined> =>
    kind === 'ssm'
      ? (await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }))).Parameter?.Value
      : (await secrets.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
  return {
    async read() {
      if (known !== undefined && now().getTime() < known.until) return known.url;
      const text = await fetched().catch((cause: unknown) => {
        throw new AlertError(
          `the webhook's URL could not be read from \`${reference}\`: ${cause instanceof Error ? cause.message : cause}`,
          {
            cause,
          },
        );
      });
      const trimmed = text?.trim() ?? '';
      const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
      if (url?.protocol !== 'https:') throw new AlertError(`\`${reference}\` does not hold a URL that begins with \`https://\``);
      known = { url, until: now().getTime() + kept };
      return url;
    },
    forget() {
      known = undefined;
    },
  };
};
