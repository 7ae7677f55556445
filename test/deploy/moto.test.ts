import { ListEventSourceMappingsCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handlerNames } from '../../events/catalog.ts';
import { type Moto, motoIsHere, startMoto } from '../moto.ts';
import { channelFlow, everyChannel, receiversAt } from './channel-flow.ts';
import { anybody, type Cloud, type Credentials, cloudAt } from './cloud.ts';
import { account, delivered, everything } from './events.ts';
import { flowSuite } from './flow-suite.ts';
import { invoke, unzipped } from './lambda.ts';
import { credentialsFor, without } from './permissions.ts';
import { copyProject, serverless } from './project.ts';
import {
  allFunctionNames,
  type ChannelName,
  channelNames,
  documentsOf,
  type FunctionName,
  functionKey,
  functionNames,
  handlerOf,
  logicalName,
  readTemplate,
} from './template.ts';

let project: Awaited<ReturnType<typeof copyProject>>;
let moto: Moto;
let cloud: Cloud;
const bundles = new Map<FunctionName | ChannelName, string>();

const functionName = (handler: string) => `trailguard-dev-${handler}`;
const arnOf = (handler: string) => `arn:aws:lambda:us-east-1:${account}:function:${functionName(handler)}`;

const run = (credentials: Credentials) => async (name: FunctionName | ChannelName, event: unknown) =>
  invoke(bundles.get(name) ?? '', event, {
    ...(await cloud.environmentOf(functionName(name))),
    ...credentials,
    AWS_ENDPOINT_URL: moto.endpoint,
  });

describe.skipIf(!motoIsHere('the deployment to moto'))('in an account', () => {
  beforeAll(async () => {
    [project, moto] = await Promise.all([copyProject(everyChannel), startMoto()]);
    await serverless(project.folder, 'deploy', { ...anybody, AWS_ENDPOINT_URL: moto.endpoint, SLS_AWS_MONITORING_FREQUENCY: '200' });
    for (const name of allFunctionNames) bundles.set(name, await unzipped(project.folder, functionKey(name), `${handlerOf(name)}.mjs`));
    cloud = cloudAt(moto.endpoint, anybody);
  });

  afterAll(async () => {
    await moto.stop();
    await project.remove();
  });

  describe('a deployed stack', () => {
    it('has the functions', async () => {
      const { Functions = [] } = await cloud.lambda.send(new ListFunctionsCommand({}));
      expect(Functions.map((each) => each.FunctionArn).toSorted()).toEqual(allFunctionNames.map(arnOf).toSorted());
    });

    it('has one rule for each of them but judge-user, of the channels on the bus of the guard', async () => {
      const expected = [...handlerNames, 'sweep'].map((name) => [functionName(name), [arnOf(name)]]);
      const hub = arnOf('security-hub-channel');
      expect(await cloud.rules('default')).toEqual({
        ...Object.fromEntries(expected),
        'trailguard-dev-security-hub-channel-cleared': [hub],
      });
      const { 'trailguard-dev-digest-channel': digest, ...others } = await cloud.rules('trailguard-dev');
      expect(digest).toEqual([`arn:aws:sqs:us-east-1:${account}:trailguard-dev-verdicts-to-digest`]);
      const telling = channelNames.filter((name) => name !== 'digest-channel').map((name) => [functionName(name), [arnOf(name)]]);
      expect(others).toEqual({
        ...Object.fromEntries(telling),
        'trailguard-dev-severe-sweeps': [`arn:aws:sns:us-east-1:${account}:trailguard-dev-alerts`],
      });
      await cloud.listenByQueue();
    });

    it('hands users from the queue to judge-user', async () => {
      const { EventSourceMappings } = await cloud.lambda.send(new ListEventSourceMappingsCommand({}));
      const feeding = EventSourceMappings?.filter(({ FunctionArn }) => FunctionArn === arnOf('judge-user'));
      expect(EventSourceMappings).toHaveLength(2);
      expect(feeding).toMatchObject([
        {
          EventSourceArn: `arn:aws:sqs:us-east-1:${account}:trailguard-dev-users-to-judge-again.fifo`,
          FunctionArn: arnOf('judge-user'),
          BatchSize: 1,
          State: 'Enabled',
        },
      ]);
      await cloud.takeByHand();
    });

    it('tells each function the roles that the judging functions run as', async () => {
      const roles = functionNames.map((name) => `trailguard-dev-${name}`).toSorted();
      const { Functions = [] } = await cloud.lambda.send(new ListFunctionsCommand({}));
      expect(Functions.map(({ Role = '' }) => Role.split('/').at(-1))).toEqual(expect.arrayContaining(roles));
      for (const { Environment } of Functions)
        expect(Environment?.Variables?.GUARD_ROLES?.split(',').filter(Boolean).toSorted()).toEqual(roles);
    });
  });

  flowSuite('the built functions, free to do anything', 'free', () => ({ cloud, run: run(anybody) }));

  describe('under IAM', () => {
    const own = new Map<FunctionName | ChannelName, Credentials>();
    let untagging: Credentials;
    let unpublishing: Credentials;
    let unasking: Credentials;
    let auditor: Cloud;
    let receivers: Awaited<ReturnType<typeof receiversAt>>;

    beforeAll(async () => {
      const resources = await readTemplate(project.folder);
      for (const name of allFunctionNames) {
        const statements = documentsOf(resources[`${logicalName(name)}Role`]).flatMap((document) => document.Statement);
        own.set(name, await credentialsFor(cloud, `as-${name}`, statements));
        if (name !== 'user-permissions') continue;
        unasking = await credentialsFor(cloud, 'as-unasking', without(statements, 'sqs:SendMessage'));
        untagging = await credentialsFor(cloud, 'as-untagging', without(statements, 'iam:TagUser'));
        unpublishing = await credentialsFor(cloud, 'as-unpublishing', without(statements, 'events:PutEvents'));
      }
      const all = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
      const mayDoAll = await credentialsFor(cloud, 'auditor', all);
      auditor = cloudAt(moto.endpoint, mayDoAll);
      receivers = await receiversAt(moto.endpoint, mayDoAll);
      await auditor.listenByQueue();
      cloud = auditor;
      await moto.enforceIam();
    });

    flowSuite('the built functions, each with the permissions of its own role', 'least', () => ({
      cloud: auditor,
      run: (name, event) => run(own.get(name) ?? anybody)(name, event),
    }));

    channelFlow('the channels, each with the permissions of its own role', () => ({
      cloud: auditor,
      receivers,
      run: (name, event) => run(own.get(name) ?? anybody)(name, event),
    }));

    const put = () =>
      delivered('PutUserPolicy', { requestParameters: { userName: 'least-bob', policyName: 'all', policyDocument: everything } });

    it('a function that may not publish throws, so that its event is kept', async () => {
      const { error } = await run(unpublishing)('user-permissions', put());
      // moto refuses in XML what the SDK expects in JSON, so the reason itself is not to be read here.
      expect(error).toMatch(/AlertError: verdict `[\w-]+` was not taken by event bus `trailguard-dev`/);
      expect(error).toContain('httpStatusCode: 403');
    });

    it('a function that may not tag says so in its alert', async () => {
      const event = delivered('PutUserPolicy', {
        requestParameters: { userName: 'least-dan', policyName: 'all', policyDocument: everything },
      });
      // To deliver the event again would mend nothing: the user is in the queue, to be judged once more.
      expect((await run(untagging)('user-permissions', event)).error).toBeUndefined();
      const [verdict] = await auditor.heard();
      expect(verdict?.actions).toContainEqual(
        expect.objectContaining({
          kind: 'tag-user',
          target: 'least-dan',
          result: 'failed',
          detail: expect.stringContaining('iam:TagUser'),
        }),
      );
    });

    it('a function that may not ask for users to be judged again tells its verdict all the same, and throws', async () => {
      await auditor.heard();
      const event = put();
      const { error } = await run(unasking)('user-permissions', event);
      expect(error).toMatch(/1 of 1 users could not be queued to be judged again: .*: the event will be judged again/s);
      expect(await auditor.heard()).toMatchObject([{ id: event.detail.eventID, outcome: 'flagged', severity: 'critical' }]);
      expect(await auditor.toJudgeAgain('least-bob')).not.toContainEqual(
        expect.objectContaining({ event: expect.objectContaining({ id: event.detail.eventID }) }),
      );
    });

    it('credentials of nobody do nothing', async () => {
      expect((await run(anybody)('user-permissions', put())).error).toBeDefined();
    });
  });
});
