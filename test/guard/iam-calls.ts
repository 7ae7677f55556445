import type { $Command, IAMClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-iam';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { record } from '../records.ts';

/** A command of the SDK for IAM, ready to be sent. */
export type Command<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = $Command<
  Input,
  Output,
  IAMClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>;

/** What CloudTrail writes of a call that IAM has taken: its input and output in lower camel case, without secrets. */
export function recordOf(command: { readonly input: object }, output: unknown, overrides: Partial<CloudTrailRecord>): CloudTrailRecord {
  const { password: _, ...requestParameters } = asObject(lowerCamel(command.input));
  const { $metadata: __, ...responseElements } = asObject(lowerCamel(output));
  return record(command.constructor.name.replace(/Command$/, ''), {
    requestParameters,
    responseElements: Object.keys(responseElements).length > 0 ? responseElements : null,
    ...overrides,
  });
}

function lowerCamel(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(lowerCamel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.charAt(0).toLowerCase() + key.slice(1), lowerCamel(member)]));
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
