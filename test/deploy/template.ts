import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { handlerNames } from '../../events/catalog.ts';
import { packageFolder } from './project.ts';

/** Every function of the stack: those that hear of events, the one behind the queue, and the daily one. */
export const functionNames = [...handlerNames, 'judge-user', 'sweep'] as const;

/** One of the functions of the stack. */
export type FunctionName = (typeof functionNames)[number];

/** A CloudFormation resource. */
export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the properties of every resource type there is; a wrong path fails the test that walks it
  readonly Properties: any;
}

/** A statement of a packaged policy, after `resolved`. */
export interface PackagedStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** The packaged template's resources by their logical names. */
export const readTemplate = async (folder: string): Promise<Record<string, Resource>> =>
  JSON.parse(await readFile(join(packageFolder(folder), 'cloudformation-template-update-stack.json'), 'utf8')).Resources;

/** All resources of a type, by logical name. */
export const ofType = (resources: Record<string, Resource>, type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);

const pseudo: Record<string, string> = { 'AWS::Partition': 'aws', 'AWS::AccountId': '123456789012', 'AWS::Region': 'us-east-1' };

/** A value with `Ref`, `Fn::GetAtt` and `Fn::Sub` replaced: pseudo parameters by values, resources by `<their logical name>`. */
export const resolved = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = value as Record<string, unknown>;
  if (typeof ref === 'string') return pseudo[ref] ?? `<${ref}>`;
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  if (typeof text === 'string') return text.replaceAll(/\$\{([^}]+)\}/g, (_whole, name: string) => pseudo[name] ?? `<${name}>`);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
};

/** What a handler's resources begin with: `PolicyChanges` of `policy-changes`. */
export const logicalName = (handler: string): string =>
  handler.replaceAll(/(^|-)(\w)/g, (_whole, _dash, letter: string) => letter.toUpperCase());

/** A function's key in serverless.yml, and the name of its zip: `policyChanges` of `policy-changes`. */
export const functionKey = (handler: string): string => handler.replaceAll(/-(\w)/g, (_whole, letter: string) => letter.toUpperCase());

/** Every policy document of a role, resolved. */
export const documentsOf = (role: Resource | undefined): { Version: string; Statement: PackagedStatement[] }[] =>
  role?.Properties.Policies.map((policy: { PolicyDocument: unknown }) => resolved(policy.PolicyDocument));
