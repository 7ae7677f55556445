import type { FromSchema } from 'json-schema-to-ts';
import type { Finding } from './finding.ts';
import { severities } from './severity.ts';

const text = { type: 'string' } as const;

/** All that the guard concludes of one change. */
export const verdictSchema = {
  $id: 'verdict',
  type: 'object',
  required: ['id', 'outcome', 'severity', 'summary', 'event', 'actor', 'subject', 'policies', 'findings', 'actions'],
  additionalProperties: false,
  properties: {
    id: text,
    outcome: { enum: ['flagged', 'clean', 'attempted', 'undetermined', 'suppressed'] },
    severity: { enum: [...severities, 'none'] },
    summary: text,
    event: {
      type: 'object',
      required: ['id', 'name', 'time', 'source', 'account', 'region'],
      additionalProperties: false,
      properties: {
        id: text,
        name: text,
        time: text,
        source: text,
        account: text,
        region: text,
        errorCode: text,
        sourceIp: text,
        userAgent: text,
      },
    },
    actor: {
      type: 'object',
      required: ['type'],
      additionalProperties: false,
      properties: { type: text, arn: text, name: text, session: text, accountId: text, identityCenter: { const: true } },
    },
    subject: {
      type: 'object',
      required: ['type', 'account'],
      additionalProperties: false,
      properties: { type: { enum: ['user', 'group', 'role', 'policy', 'account'] }, name: text, arn: text, account: text },
    },
    policies: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kind', 'active'],
        additionalProperties: false,
        properties: {
          kind: { enum: ['inline', 'managed'] },
          name: text,
          arn: text,
          version: text,
          active: { type: 'boolean' },
        },
      },
    },
    findings: { type: 'array', items: { $ref: 'finding' } },
    actions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kind', 'target', 'result'],
        additionalProperties: false,
        properties: {
          kind: { enum: ['tag-user', 'tag-policy', 'note'] },
          target: text,
          result: { enum: ['done', 'unchanged', 'skipped', 'failed'] },
          detail: text,
        },
      },
    },
  },
} as const;

type VerdictShape = FromSchema<typeof verdictSchema, { references: [typeof import('./finding.ts').findingSchema] }>;

/** All that the guard concludes of one change. */
export type Verdict = Omit<VerdictShape, 'findings'> & { findings: Finding[] };
/** How a change ended: exactly one of these for every event. */
export type Outcome = Verdict['outcome'];
/** Something the guard did, tried, or could not do because of a verdict. */
export type Action = Verdict['actions'][number];
/** A policy that a change touched. `active` is false for a version that is not the default. */
export type VerdictPolicy = Verdict['policies'][number];
