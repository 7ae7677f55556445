import { intrinsicOf } from './intrinsics.ts';
import type { Reader } from './readings.ts';
import { below, isObject, type JsonObject } from './values.ts';

/** A policy document in a template: whose it is, and where. */
export interface TemplateDocument {
  /** The logical id, and the policy's name in it where it holds several. */
  readonly resource: string;
  readonly pointer: string;
  readonly value: unknown;
}

/** Where resource types keep identity policies. Trust, key and bucket policies are other languages. */
const holders: ReadonlyMap<string, 'document' | 'policies' | 'sam'> = new Map([
  ['AWS::IAM::Policy', 'document'],
  ['AWS::IAM::ManagedPolicy', 'document'],
  ['AWS::IAM::UserPolicy', 'document'],
  ['AWS::IAM::GroupPolicy', 'document'],
  ['AWS::IAM::RolePolicy', 'document'],
  ['AWS::IAM::User', 'policies'],
  ['AWS::IAM::Group', 'policies'],
  ['AWS::IAM::Role', 'policies'],
  ['AWS::Serverless::Function', 'sam'],
  ['AWS::Serverless::StateMachine', 'sam'],
]);

/** True for a CloudFormation or SAM template. */
export function isTemplate(value: unknown): value is JsonObject {
  if (!isObject(value) || !isObject(value.Resources)) return false;
  if ('AWSTemplateFormatVersion' in value || 'Transform' in value) return true;
  return Object.values(value.Resources).some((resource) => isObject(resource) && /^(AWS|Custom|Alexa)::/.test(String(resource.Type)));
}

/** The identity policies written in a template, in its order. */
export function documentsInTemplate(template: JsonObject, reader: Reader): TemplateDocument[] {
  return documentsInResources(template.Resources, '/Resources', reader);
}

function documentsInResources(resources: unknown, pointer: string, reader: Reader): TemplateDocument[] {
  if (!isObject(resources)) return [];
  return Object.entries(resources).flatMap(([id, resource]) => {
    const at = below(pointer, id);
    // AWS::LanguageExtensions: name, collection, and what to repeat for each of it.
    if (id.startsWith('Fn::ForEach::') && Array.isArray(resource)) return documentsInResources(resource[2], below(at, 2), reader);
    if (!isObject(resource) || !isObject(resource.Properties)) return [];
    return documentsOf(id, String(resource.Type), resource.Properties, below(at, 'Properties'), reader);
  });
}

function documentsOf(id: string, type: string, properties: JsonObject, pointer: string, reader: Reader): TemplateDocument[] {
  const holder = holders.get(type);
  if (holder === 'document') return documentsAt(id, properties.PolicyDocument, below(pointer, 'PolicyDocument'), reader);
  if (holder === undefined) return [];
  return items(properties.Policies, below(pointer, 'Policies'), reader).flatMap(({ value, pointer: at }) => {
    if (!isObject(value)) return [];
    if (holder === 'sam') return 'Statement' in value ? [{ resource: id, pointer: at, value }] : [];
    const { PolicyName: name } = value;
    const resource = typeof name === 'string' ? `${id}/${name}` : id;
    return documentsAt(resource, value.PolicyDocument, below(at, 'PolicyDocument'), reader);
  });
}

function documentsAt(resource: string, value: unknown, pointer: string, reader: Reader): TemplateDocument[] {
  if (value === undefined) return [];
  return reader.branches(value, pointer).map((branch) => ({ resource, pointer: branch.pointer, value: branch.value }));
}

/** The items of a list, or a lone one, whichever way `Fn::If`s turn out. */
function items(value: unknown, pointer: string, reader: Reader): { value: unknown; pointer: string }[] {
  if (value === undefined) return [];
  return reader.branches(value, pointer).flatMap((list) => {
    if (!Array.isArray(list.value)) return intrinsicOf(list.value) ? [] : [list];
    return list.value.flatMap((item, index) => reader.branches(item, below(list.pointer, index)));
  });
}
