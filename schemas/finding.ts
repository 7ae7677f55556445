import type { FromSchema } from 'json-schema-to-ts';
import { severities } from './severity.ts';

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;

/** One element of a document that makes a finding true. `pointer` is an RFC 6901 pointer; lines and columns start at 1. */
const evidenceSchema = {
  type: 'object',
  required: ['statement', 'pointer'],
  additionalProperties: false,
  properties: {
    policy: text,
    statement: { type: 'integer', minimum: 0 },
    sid: text,
    pointer: { type: 'string', pattern: '^(/[\\s\\S]*)?$' },
    line: { type: 'integer', minimum: 1 },
    column: { type: 'integer', minimum: 1 },
  },
} as const;

/** What the configuration says of one who may break a rule. */
const exceptionSchema = {
  type: 'object',
  required: ['owner', 'reason', 'ticket', 'expires'],
  additionalProperties: false,
  properties: { owner: text, reason: text, ticket: text, expires: text },
} as const;

/**
 * One thing wrong, from one rule, with its evidence and its remedy. `exception`: somebody answers for it, so it neither tags nor
 * alerts. `lapsed`: somebody did, until a day that is over.
 */
export const findingSchema = {
  $id: 'finding',
  type: 'object',
  required: ['rule', 'severity', 'title', 'message', 'evidence', 'mitigations', 'remediation', 'controls'],
  additionalProperties: false,
  properties: {
    rule: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    severity: { enum: severities },
    title: text,
    message: text,
    services: texts,
    paths: texts,
    evidence: { type: 'array', items: evidenceSchema },
    mitigations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kind', 'message'],
        additionalProperties: false,
        properties: { kind: { enum: ['condition', 'unknown-condition', 'deny', 'not-resource'] }, message: text },
      },
    },
    remediation: {
      type: 'object',
      required: ['summary', 'commands', 'url'],
      additionalProperties: false,
      properties: { summary: text, commands: texts, url: { type: 'string', pattern: '^https://' } },
    },
    controls: texts,
    exception: exceptionSchema,
    lapsed: exceptionSchema,
  },
} as const;

/** One thing wrong, from one rule, with its evidence and its remedy. */
export type Finding = FromSchema<typeof findingSchema>;
/** One element of a document that makes a finding true. */
export type Evidence = Finding['evidence'][number];
/** What eases a finding: a restricting condition lowers it; the other kinds are only listed. */
export type Mitigation = Finding['mitigations'][number];
