import type { SweepEnvelope, VerdictEnvelope } from './alert-envelope.ts';
import type { CloudTrailRecord } from './cloudtrail-record.ts';
import type { ConfigurationFile } from './configuration.ts';
import type { EventBridgeEnvelope } from './eventbridge-envelope.ts';
import type { UserRequest } from './user-request.ts';
import type { CompiledValidator } from './validators.generated.js';
import { configuration, envelope, record, sweepEnvelope, userRequest, verdict, verdictEnvelope } from './validators.generated.js';
import type { Verdict } from './verdict.ts';

type Problem = NonNullable<CompiledValidator['errors']>[number];

const problemsNamed = 3;
const longestPointer = 120;

/** A value that does not keep its schema. The message names the places by JSON pointer, and never repeats the value. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

/** Returns `value` as a CloudTrail record, or throws a `SchemaError`. */
export const validateRecord = validator<CloudTrailRecord>('record', record);
/** Returns `value` as an EventBridge event that carries a CloudTrail record of IAM, or throws a `SchemaError`. */
export const validateEnvelope = validator<EventBridgeEnvelope>('envelope', envelope);
/** Returns `value` as a configuration file's content, without the defaults filled in, or throws a `SchemaError`. */
export const validateConfiguration = validator<ConfigurationFile>('configuration', configuration);
/** Returns `value` as a verdict with its findings, or throws a `SchemaError`. */
export const validateVerdict = validator<Verdict>('verdict', verdict);
/** Returns `value` as a request to judge a user once more, or throws a `SchemaError`. */
export const validateUserRequest = validator<UserRequest>('user request', userRequest);
/** Returns `value` as an event of the guard's bus that carries a verdict, or throws a `SchemaError`. */
export const validateVerdictEnvelope = validator<VerdictEnvelope>('verdict event', verdictEnvelope);
/** Returns `value` as an event of the guard's bus that carries the summary of a sweep, or throws a `SchemaError`. */
export const validateSweepEnvelope = validator<SweepEnvelope>('sweep event', sweepEnvelope);

function validator<T>(name: string, compiled: CompiledValidator): (value: unknown) => T {
  return (value) => {
    if (compiled(value)) return value as T;
    throw new SchemaError(`${name}: ${describe(compiled.errors ?? [])}`);
  };
}

function describe(problems: readonly Problem[]): string {
  const named = problems.slice(0, problemsNamed).map((problem) => `${place(problem)} ${expectation(problem)}`);
  const more = problems.length - named.length;
  return named.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** Where the problem is; for a key that is missing or not allowed, the pointer of that key. */
function place({ instancePath, params }: Problem): string {
  const key: unknown = params.missingProperty ?? params.additionalProperty;
  const pointer = typeof key === 'string' ? `${instancePath}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` : instancePath;
  if (pointer === '') return 'the value';
  return pointer.length > longestPointer ? `${pointer.slice(0, longestPointer)}…` : pointer;
}

function expectation({ keyword, message, params }: Problem): string {
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return 'is not allowed here';
    case 'type':
      return `must be ${[params.type].flat().join(' or ')}`;
    case 'const':
      return `must be \`${params.allowedValue}\``;
    case 'enum':
      return `must be one of ${params.allowedValues.map((allowed: unknown) => `\`${allowed}\``).join(', ')}`;
    case 'pattern':
      return `must match \`${params.pattern}\``;
    default:
      return message ?? `must keep \`${keyword}\``;
  }
}
