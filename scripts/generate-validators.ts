import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { sweepEnvelopeSchema, verdictEnvelopeSchema } from '../schemas/alert-envelope.ts';
import { cloudTrailRecordSchema } from '../schemas/cloudtrail-record.ts';
import { configurationSchema } from '../schemas/configuration.ts';
import { eventBridgeEnvelopeSchema } from '../schemas/eventbridge-envelope.ts';
import { findingSchema } from '../schemas/finding.ts';
import { sweepSummarySchema } from '../schemas/sweep-summary.ts';
import { userRequestSchema } from '../schemas/user-request.ts';
import { verdictSchema } from '../schemas/verdict.ts';
import { writeOrCheck } from './generated-file.ts';

// Every schema, in one fixed order: Ajv numbers its functions by it, and the output must not change from run to run.
const schemas = [
  cloudTrailRecordSchema,
  configurationSchema,
  eventBridgeEnvelopeSchema,
  findingSchema,
  verdictSchema,
  userRequestSchema,
  sweepSummarySchema,
  verdictEnvelopeSchema,
  sweepEnvelopeSchema,
];

const exported = {
  record: cloudTrailRecordSchema.$id,
  envelope: eventBridgeEnvelopeSchema.$id,
  configuration: configurationSchema.$id,
  verdict: verdictSchema.$id,
  userRequest: userRequestSchema.$id,
  verdictEnvelope: verdictEnvelopeSchema.$id,
  sweepEnvelope: sweepEnvelopeSchema.$id,
};

const header = '// Generated from schemas/*.ts by `npx tsx scripts/generate-validators.ts`. Do not edit.\n';

/** The validators as an ES module that needs no other: cold starts load neither Ajv nor the schemas. */
function moduleText(): string {
  const ajv = new Ajv({ schemas: [...schemas], strict: true, allErrors: true, allowUnionTypes: true, code: { source: true, esm: true } });
  const text = standalone.default(ajv, exported);
  if (/\brequire\(|^import\b/m.test(text)) {
    throw new Error(
      'the compiled validators need `require()`: a schema uses `format`, `minLength`, `maxLength` or `uniqueItems`; say it with `pattern`',
    );
  }
  return `${header}${text}\n`;
}

function typesText(): string {
  const functions = Object.keys(exported).map((name) => `export declare const ${name}: CompiledValidator;\n`);
  return `${header}import type { ErrorObject } from 'ajv';

export interface CompiledValidator {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

${functions.join('')}`;
}

writeOrCheck('schemas/validators.generated.js', moduleText(), 'the schemas');
writeOrCheck('schemas/validators.generated.d.ts', typesText(), 'the schemas');
