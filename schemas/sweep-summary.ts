import type { FromSchema } from 'json-schema-to-ts';
import type { Finding } from './finding.ts';
import { severities } from './severity.ts';

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const count = { type: 'integer', minimum: 0 } as const;
const verdict = { enum: [...severities, 'undetermined', 'clear', 'none'] } as const;

/** Of so many, how many have which verdict; `none` of them has none. */
const byVerdict = {
  type: 'object',
  required: ['total', 'critical', 'high', 'medium', 'low', 'undetermined', 'clear', 'none'],
  additionalProperties: false,
  properties: {
    total: count,
    critical: count,
    high: count,
    medium: count,
    low: count,
    undetermined: count,
    clear: count,
    none: count,
  },
} as const;

const countsSchema = {
  type: 'object',
  required: ['users', 'policies', 'results'],
  additionalProperties: false,
  properties: {
    users: byVerdict,
    policies: byVerdict,
    /** Of users and policies together. */
    results: {
      type: 'object',
      required: ['unchanged', 'done', 'planned', 'failed', 'unread', 'left', 'gone'],
      additionalProperties: false,
      properties: { unchanged: count, done: count, planned: count, failed: count, unread: count, left: count, gone: count },
    },
  },
} as const;

/** What the guard tells of one sweep: the detail of an event on its bus. */
export const sweepSummarySchema = {
  $id: 'sweepSummary',
  type: 'object',
  required: [
    'account',
    'startedAt',
    'finishedAt',
    'complete',
    'severity',
    'summary',
    'counts',
    'findings',
    'worst',
    'exceptionsEnding',
    'worstLeftOut',
    'unread',
    'unreadLeftOut',
  ],
  additionalProperties: false,
  properties: {
    account: text,
    startedAt: text,
    finishedAt: text,
    credentialsAsOf: text,
    complete: { type: 'boolean' },
    severity: { enum: [...severities, 'none'] },
    summary: text,
    counts: countsSchema,
    findings: { type: 'array', items: { $ref: 'finding' } },
    exceptionsEnding: {
      type: 'array',
      items: {
        type: 'object',
        required: ['rule', 'subject', 'owner', 'ticket', 'expires', 'days'],
        additionalProperties: false,
        properties: { rule: text, subject: text, owner: text, ticket: text, expires: text, days: count },
      },
    },
    worst: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kind', 'name', 'verdict', 'findings', 'appeared', 'message'],
        additionalProperties: false,
        properties: { kind: { enum: ['user', 'policy'] }, name: text, verdict, findings: text, appeared: texts, message: text },
      },
    },
    worstLeftOut: count,
    unread: {
      type: 'array',
      items: { type: 'object', required: ['what', 'why'], additionalProperties: false, properties: { what: text, why: text } },
    },
    unreadLeftOut: count,
  },
} as const;

/** What a verdict tag says; `none` where there is no such tag. */
export type SweepVerdict = FromSchema<typeof verdict>;
/** How many users and policies there are, by verdict, and what became of them. */
export type SweepCounts = FromSchema<typeof countsSchema>;

type SummaryShape = FromSchema<typeof sweepSummarySchema, { references: [typeof import('./finding.ts').findingSchema] }>;

/** What the guard tells of one sweep. */
export type SweepSummary = Omit<SummaryShape, 'findings'> & { findings: Finding[] };
