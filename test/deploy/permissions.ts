import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { Cloud, Credentials } from './cloud.ts';
import type { PackagedStatement } from './template.ts';

/**
 * Credentials that may do what the statements allow. moto compares every resource with `*` and fails every condition, so resources
 * are widened and conditions dropped here: this proves the actions. The packaged resources and conditions have tests of their own.
 * It also asks for `sqs:SendMessageBatch`, where AWS asks for `sqs:SendMessage`.
 */
export const credentialsFor = async ({ iam }: Cloud, UserName: string, statements: readonly PackagedStatement[]): Promise<Credentials> => {
  await iam.send(new CreateUserCommand({ UserName }));
  const widened = statements.map(({ Action, Effect }) => {
    const actions = [Action].flat();
    return { Action: actions.includes('sqs:SendMessage') ? [...actions, 'sqs:SendMessageBatch'] : actions, Effect, Resource: '*' };
  });
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: widened });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'all', PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? '', AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '' };
};

/** The same statements with one action less. */
export const without = (statements: readonly PackagedStatement[], action: string): PackagedStatement[] =>
  statements
    .map((statement) => ({ ...statement, Action: [statement.Action].flat().filter((each) => each !== action) }))
    .filter((statement) => statement.Action.length > 0);
