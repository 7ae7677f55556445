import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HandlerName, handlerNames } from '../../events/catalog.ts';
import { type Moto, motoIsHere, startMoto } from '../moto.ts';
import { anybody, type Cloud, type Credentials, cloudAt } from './cloud.ts';
import { account, delivered, everything } from './events.ts';
import { flowSuite } from './flow-suite.ts';
import { invoke, unzipped } from './lambda.ts';
import { credentialsFor, without } from './permissions.ts';
import { copyProject, serverless } from './project.ts';
import { documentsOf, logicalName, readTemplate } from './template.ts';

let project: Awaited<ReturnType<typeof copyProject>>;
let moto: Moto;
let cloud: Cloud;
const bundles = new Map<HandlerName, string>();

const functionName = (handler: string) => `trailguard-dev-${handler}`;
const arnOf = (handler: string) => `arn:aws:lambda:us-east-1:${account}:function:${functionName(handler)}`;
const zipOf = (handler: string) => handler.replace(/-(\w)/, (_whole, letter: string) => letter.toUpperCase());

const run = (credentials: Credentials) => (handler: HandlerName, event: unknown) =>
  invoke(bundles.get(handler) ?? '', event, {
    ...credentials,
    AWS_ENDPOINT_URL: moto.endpoint,
    EVENT_BUS_NAME: 'trailguard-dev',
    ACCOUNT_ID: account,
  });

describe.skipIf(!motoIsHere('the deployment to moto'))('in an account', () => {
  beforeAll(async () => {
    [project, moto] = await Promise.all([copyProject(), startMoto()]);
    await serverless(project.folder, 'deploy', { ...anybody, AWS_ENDPOINT_URL: moto.endpoint, SLS_AWS_MONITORING_FREQUENCY: '200' });
    for (const handler of handlerNames) bundles.set(handler, await unzipped(project.folder, zipOf(handler), `handlers/${handler}.mjs`));
    cloud = cloudAt(moto.endpoint, anybody);
  });

  afterAll(async () => {
    await moto.stop();
    await project.remove();
  });

  describe('a deployed stack', () => {
    it('has the functions', async () => {
      const { Functions = [] } = await cloud.lambda.send(new ListFunctionsCommand({}));
      expect(Functions.map((each) => each.FunctionArn).toSorted()).toEqual(handlerNames.map(arnOf).toSorted());
    });

    it('has one rule for each of them on the default bus, and the two of the alerts on its own', async () => {
      const expected = handlerNames.map((handler) => [functionName(handler), [arnOf(handler)]]);
      expect(await cloud.rules('default')).toEqual(Object.fromEntries(expected));
      expect(await cloud.rules('trailguard-dev')).toEqual({
        'trailguard-dev-severe-verdicts': [`arn:aws:sns:us-east-1:${account}:trailguard-dev-alerts`],
        'trailguard-dev-undetermined-verdicts': [`arn:aws:sns:us-east-1:${account}:trailguard-dev-alerts`],
      });
      await cloud.listenByQueue();
    });
  });

  flowSuite('the built functions, free to do anything', 'free', () => ({ cloud, run: run(anybody) }));

  describe('under IAM', () => {
    const own = new Map<HandlerName, Credentials>();
    let untagging: Credentials;
    let unpublishing: Credentials;
    let auditor: Cloud;

    beforeAll(async () => {
      const resources = await readTemplate(project.folder);
      for (const handler of handlerNames) {
        const statements = documentsOf(resources[`${logicalName(handler)}Role`]).flatMap((document) => document.Statement);
        own.set(handler, await credentialsFor(cloud, `as-${handler}`, statements));
        if (handler !== 'user-permissions') continue;
        untagging = await credentialsFor(cloud, 'as-untagging', without(statements, 'iam:TagUser'));
        unpublishing = await credentialsFor(cloud, 'as-unpublishing', without(statements, 'events:PutEvents'));
      }
      const all = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
      auditor = cloudAt(moto.endpoint, await credentialsFor(cloud, 'auditor', all));
      await auditor.listenByQueue();
      await moto.enforceIam();
    });

    flowSuite('the built functions, each with the permissions of its own role', 'least', () => ({
      cloud: auditor,
      run: (handler, event) => run(own.get(handler) ?? anybody)(handler, event),
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
      // The policy is in the event alone, so the event is to be judged again; the alert is out before that.
      expect((await run(untagging)('user-permissions', event)).error).toContain('IAM does not show the change of least-dan yet');
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

    it('credentials of nobody do nothing', async () => {
      expect((await run(anybody)('user-permissions', put())).error).toBeDefined();
    });
  });
});
