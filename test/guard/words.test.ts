import { describe, expect, test } from 'vitest';
import type { Actor } from '../../events/change.ts';
import { interpret } from '../../events/interpret.ts';
import { summarize } from '../../guard/summary.ts';
import { undoCommands } from '../../guard/undo.ts';
import { actorName } from '../../guard/who.ts';
import { account, denied, record } from '../records.ts';
import { allow, createPolicy, createUser, createVersion, policyArn } from './account.ts';

function changeOf(eventName: string, overrides: Parameters<typeof record>[1]) {
  const change = interpret(record(eventName, overrides), 'event-1');
  if (change === undefined) throw new Error(`${eventName} is not in the catalog`);
  return change;
}

const nothing = { policy: undefined, undetermined: undefined, ofDocument: [], ofPosture: [], count: 0 };
const document = allow('s3:GetObject');
const accessKey = { accessKeyId: 'AKIAEXAMPLE', status: 'Active', userName: 'bob' };

describe('what was done, and what takes it back', () => {
  test.each([
    ['CreatePolicy', createPolicy('p', document), 'ops created the policy p.', [`aws iam delete-policy --policy-arn ${policyArn('p')}`]],
    [
      'CreatePolicyVersion',
      createVersion('p', 'v2', document, true),
      'ops added a new version to the policy p, in force at once.',
      [
        `aws iam set-default-policy-version --policy-arn ${policyArn('p')} --version-id PREVIOUS_VERSION`,
        `aws iam delete-policy-version --policy-arn ${policyArn('p')} --version-id v2`,
      ],
    ],
    [
      'CreatePolicyVersion',
      createVersion('p', 'v2', document, false),
      'ops added a new version to the policy p, not in force yet.',
      [`aws iam delete-policy-version --policy-arn ${policyArn('p')} --version-id v2`],
    ],
    [
      'SetDefaultPolicyVersion',
      { requestParameters: { policyArn: policyArn('p'), versionId: 'v2' } },
      'ops switched the policy p to a new version.',
      [`aws iam set-default-policy-version --policy-arn ${policyArn('p')} --version-id PREVIOUS_VERSION`],
    ],
    [
      'PutUserPolicy',
      { requestParameters: { userName: 'bob', policyName: 'p', policyDocument: document } },
      'ops put the inline policy p on user bob.',
      ['aws iam delete-user-policy --user-name bob --policy-name p'],
    ],
    [
      'AttachUserPolicy',
      { requestParameters: { userName: 'bob', policyArn: policyArn('p') } },
      `ops attached ${policyArn('p')} to user bob.`,
      [`aws iam detach-user-policy --user-name bob --policy-arn ${policyArn('p')}`],
    ],
    ['CreateUser', createUser('bob'), 'ops created the IAM user bob.', ['aws iam delete-user --user-name bob']],
    [
      'CreateAccessKey',
      { requestParameters: { userName: 'bob' }, responseElements: { accessKey } },
      'ops created an access key for user bob.',
      ['aws iam update-access-key --user-name bob --access-key-id AKIAEXAMPLE --status Inactive'],
    ],
  ] as const)('%s', (eventName, overrides, sentence, commands) => {
    const change = changeOf(eventName, overrides);
    expect(summarize({ change, outcome: 'clean', ...nothing })).toBe(sentence);
    expect(undoCommands(change)).toEqual(commands);
  });

  test('what the event does not name can not be taken back by a command', () => {
    const change = changeOf('PutUserPolicy', { requestParameters: { omitted: true } });
    expect(undoCommands(change)).toEqual([]);
    expect(summarize({ change, outcome: 'undetermined', ...nothing, undetermined: 'it said "no"' })).toBe(
      "ops put an inline policy on a user that the event does not name, which could not be judged: it said 'no'.",
    );
  });

  test.each([
    ['CreatePolicy', 'policy p', 'ops tried to create the policy p and was refused (AccessDenied).'],
    ['CreatePolicyVersion', `policy ${policyArn('p')}`, 'ops tried to add a version to the policy p and was refused (AccessDenied).'],
    [
      'SetDefaultPolicyVersion',
      `policy ${policyArn('p')} version v2`,
      'ops tried to switch the policy p to a new version and was refused (AccessDenied).',
    ],
    ['CreateUser', 'user bob', 'ops tried to create the IAM user bob and was refused (AccessDenied).'],
    ['CreateAccessKey', 'user bob', 'ops tried to create an access key for user bob and was refused (AccessDenied).'],
  ])('a denied %s', (eventName, target, sentence) => {
    const change = interpret(denied(eventName, target), 'event-1');
    if (change === undefined) throw new Error(`${eventName} is not in the catalog`);
    expect(summarize({ change, outcome: 'attempted', ...nothing })).toBe(sentence);
  });
});

describe('who did it', () => {
  test.each<[Actor, string]>([
    [{ type: 'IAMUser', name: 'bob' }, 'bob'],
    [{ type: 'Root', arn: `arn:aws:iam::${account}:root` }, 'the root user'],
    [{ type: 'AssumedRole', name: 'deploy', session: 'run-7' }, 'run-7 (role deploy)'],
    [
      { type: 'AssumedRole', name: 'AWSReservedSSO_Admin_0123456789abcdef', session: 'ana@example.com', identityCenter: true },
      'ana@example.com',
    ],
    [{ type: 'AssumedRole', name: 'AWSReservedSSO_Admin_0', session: 'ana' }, 'ana (role AWSReservedSSO_Admin_0)'],
    [{ type: 'AWSService', name: 'cloudformation.amazonaws.com' }, 'cloudformation.amazonaws.com'],
    [{ type: 'FederatedUser', name: 'ana', session: 'build' }, 'build (federated by user ana)'],
    [{ type: 'FederatedUser', arn: `arn:aws:sts::${account}:federated-user/x` }, `arn:aws:sts::${account}:federated-user/x`],
    [{ type: 'Unknown' }, 'an actor of type Unknown'],
  ])('%o', (actor, name) => {
    expect(actorName(actor)).toBe(name);
  });
});
