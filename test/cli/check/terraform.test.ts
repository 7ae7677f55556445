import { describe, expect, test } from 'vitest';
import { judged, told } from './judge.ts';

const wide = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] });
const resource = (address: string, values: object, mode = 'managed') => ({ address, mode, type: address.split('.').at(-2), values });
const plan = (resources: object[], more: object = {}) =>
  JSON.stringify({ format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: { resources } }, ...more }, null, 2);
const toldOf = (file: string) => told(file, 'plan.json');

describe('terraform show -json', () => {
  test.each(['aws_iam_policy', 'aws_iam_user_policy', 'aws_iam_group_policy', 'aws_iam_role_policy'])('%s', async (type) => {
    expect(await toldOf(plan([resource(`${type}.a`, { policy: wide })]))).toEqual([`${type}.a: high service-admin`]);
  });

  test('inline policies of a role; not its trust policy, nor policies of other resources', async () => {
    const role = resource('aws_iam_role.r', { assume_role_policy: wide, inline_policy: [{ name: 'x', policy: wide }] });
    const bucket = resource('aws_s3_bucket_policy.b', { policy: wide });
    expect(await toldOf(plan([role, bucket]))).toEqual(['aws_iam_role.r: high service-admin']);
  });

  test('resources of modules in modules', async () => {
    const inner = { resources: [resource('module.a.module.b.aws_iam_policy.p[0]', { policy: wide })] };
    const file = plan([], { planned_values: { root_module: { child_modules: [{ child_modules: [inner] }] } } });
    expect(await toldOf(file)).toEqual(['module.a.module.b.aws_iam_policy.p[0]: high service-admin']);
  });

  test('a plan that tells changes only; what is deleted is not judged', async () => {
    const change = (address: string, after: object | null) => ({ address, mode: 'managed', type: 'aws_iam_policy', change: { after } });
    const resource_changes = [change('aws_iam_policy.new', { policy: wide }), change('aws_iam_policy.gone', null)];
    const file = JSON.stringify({ format_version: '1.2', resource_changes });
    expect(await toldOf(file)).toEqual(['aws_iam_policy.new: high service-admin']);
  });

  test('a resource told twice is judged once', async () => {
    const resource_changes = [
      { address: 'aws_iam_policy.a', mode: 'managed', type: 'aws_iam_policy', change: { after: { policy: wide } } },
    ];
    expect(await toldOf(plan([resource('aws_iam_policy.a', { policy: wide })], { resource_changes }))).toHaveLength(1);
  });

  test('a data source is judged unless a resource holds it word for word, or it has a principal', async () => {
    const data = (name: string, json: string) => resource(`data.aws_iam_policy_document.${name}`, { json }, 'data');
    const trust = wide.replace('"Effect"', '"Principal":"*","Effect"');
    const other = wide.replace('s3', 'sqs');
    const documents = [data('held', JSON.stringify(JSON.parse(wide), null, 2)), data('trust', trust), data('free', other)];
    const prior_state = { values: { root_module: { resources: [...documents, resource('aws_iam_policy.old', { policy: wide })] } } };
    expect(await toldOf(plan([resource('aws_iam_policy.a', { policy: wide })], { prior_state }))).toEqual([
      'aws_iam_policy.a: high service-admin',
      'data.aws_iam_policy_document.free: high service-admin',
    ]);
  });

  test('a data source that is read on apply is judged by what of its blocks is known', async () => {
    const block = { sid: 'Any', effect: 'Allow', actions: ['s3:*'], not_actions: null, resources: ['*'], not_resources: null };
    const later = (name: string, statement: object[]) => ({
      address: `data.aws_iam_policy_document.${name}`,
      mode: 'data',
      type: 'aws_iam_policy_document',
      change: { actions: ['read'], after: { statement, version: '2012-10-17' }, after_unknown: { json: true } },
    });
    const mfa = { test: 'Bool', variable: 'aws:MultiFactorAuthPresent', values: ['true'] };
    const resource_changes = [
      later('wide', [block]),
      later('unknown', [
        { ...block, actions: ['*'], resources: [null] },
        { ...block, actions: ['*'], resources: undefined },
      ]),
      later('eased', [{ ...block, condition: [mfa] }]),
      later('denied', [block, { ...block, effect: 'Deny' }]),
      later('spared', [block, { ...block, effect: 'Deny', resources: null, not_resources: [null] }]),
      later('trust', [{ ...block, principals: [{ type: 'AWS', identifiers: ['*'] }] }]),
    ];
    const file = plan([], { resource_changes });
    expect((await toldOf(file)).map((line) => line.replace('data.aws_iam_policy_document.', ''))).toEqual([
      'wide: high service-admin',
      'unknown: clean',
      'eased: medium service-admin',
      'denied: clean',
      'spared: high service-admin',
    ]);
    const [document] = await judged(file, 'plan.json');
    const line = file.slice(0, file.indexOf('"sid": "Any"')).split('\n').length - 1;
    expect(document?.findings[0]?.evidence[0]).toMatchObject({ statement: 0, line });
  });

  test('what only applying will tell is named', async () => {
    const role = resource('aws_iam_role.r', { inline_policy: [{ name: 'x' }, {}] });
    const none = resource('aws_iam_role.none', { inline_policy: [], name: 'y' });
    expect(await toldOf(plan([resource('aws_iam_policy.a', { name: 'a' }), role, none]))).toEqual([
      'aws_iam_policy.a: unknown',
      'aws_iam_role.r: unknown',
      'aws_iam_role.r: unknown',
    ]);
  });

  test('a place: address, pointer, line and column of the text', async () => {
    const [document] = await judged(plan([resource('aws_iam_policy.a', { policy: wide })]), 'plan.json');
    expect(document).toMatchObject({ resource: 'aws_iam_policy.a', pointer: '/planned_values/root_module/resources/0/values/policy' });
    expect(document?.findings[0]?.evidence[0]).toEqual({ statement: 0, pointer: '/Statement/0/Action', line: 12, column: 23 });
  });

  test('a broken policy text is an error at its place', async () => {
    const [document] = await judged(plan([resource('aws_iam_policy.a', { policy: '{' })]), 'plan.json');
    expect(document?.errors).toEqual([{ message: expect.stringContaining('not JSON'), line: 12, column: 23 }]);
  });

  test('a plan without identity policies, and one of another tool', async () => {
    expect(await toldOf(plan([]))).toEqual(['nothing: a Terraform plan or state without identity policies']);
    expect(await toldOf('{"config":{},"steps":[{"op":"create"}]}')).toEqual(['nothing: JSON that is no policy']);
  });
});
