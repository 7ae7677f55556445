import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { handlerNames } from '../../events/catalog.ts';
import { packageFolder } from './project.ts';

/** The functions that judge: those that hear of events, the one behind the queue, and the daily one. */
export const functionNames = [...handlerNames, 'judge-user', 'sweep'] as const;

/** The functions that tell: one for each channel. */
export const channelNames = [
  'mail-channel',
  'chat-channel',
  'slack-channel',
  'author-channel',
  'security-hub-channel',
  'digest-channel',
] as const;

/** Every function of the stack. */
export const allFunctionNames = [...functionNames, ...channelNames] as const;

/** One of the functions that judge. */
export type FunctionName = (typeof functionNames)[number];

/** One of the functions that tell. */
export type ChannelName = (typeof channelNames)[number];

/** A function's handler, without its extension. */
export const handlerOf = (name: FunctionName | ChannelName): string =>
  name.endsWith('-channel') ? `handlers/channels/${name.slice(0, -'-channel'.length)}` : `handlers/${name}`;

/** A CloudFormation resource. */
export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
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

const packaged = async (folder: string) =>
  JSON.parse(await readFile(join(packageFolder(folder), 'cloudformation-template-update-stack.json'), 'utf8'));

/** The packaged template's resources by their logical names. */
export const readTemplate = async (folder: string): Promise<Record<string, Resource>> => (await packaged(folder)).Resources;

/** What the packaged template's conditions compare: which channels are on. */
export const readSwitches = async (folder: string): Promise<Record<string, { switch: string }>> =>
  (await packaged(folder)).Mappings.Channels;

/** All resources of a type, by logical name. */
export const ofType = (resources: Record<string, Resource>, type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);

const pseudo: Record<string, string> = { 'AWS::Partition': 'aws', 'AWS::AccountId': '123456789012', 'AWS::Region': 'us-east-1' };

const filled = (text: string, values: Record<string, string>): string =>
  text.replaceAll(/\$\{([^}]+)\}/g, (_whole, name: string) => values[name] ?? `<${name}>`);

const selected = ([index, { 'Fn::Split': split }]: unknown[] & [number, { 'Fn::Split': [string, string] }]): string =>
  split[1].split(split[0])[index] ?? '';

/**
 * A value with `Ref`, `Fn::GetAtt` and `Fn::Sub` replaced: pseudo parameters by values, resources by `<their logical name>`; and `Fn::If` by what
 * holds where its condition does not.
 */
export const resolved = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const {
    Ref: ref,
    'Fn::GetAtt': attribute,
    'Fn::Sub': text,
    'Fn::If': choice,
    'Fn::Select': selection,
  } = value as Record<string, unknown>;
  if (Array.isArray(choice)) return resolved(choice[2]);
  if (Array.isArray(selection)) return selected(selection as Parameters<typeof selected>[0]);
  if (Array.isArray(text)) {
    const [template, names] = text as [string, Record<string, unknown>];
    return filled(template, {
      ...pseudo,
      ...Object.fromEntries(Object.entries(names).map(([name, inner]) => [name, String(resolved(inner))])),
    });
  }
  if (typeof ref === 'string') return pseudo[ref] ?? `<${ref}>`;
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  if (typeof text === 'string') return filled(text, pseudo);
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
