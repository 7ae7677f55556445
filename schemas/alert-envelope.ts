import type { SweepSummary } from './sweep-summary.ts';
import type { Verdict } from './verdict.ts';

const text = { type: 'string' } as const;

/** What the guard's own bus delivers for a verdict. */
export const verdictEnvelopeSchema = {
  $id: 'verdict-envelope',
  type: 'object',
  required: ['detail-type', 'source', 'detail'],
  properties: { id: text, 'detail-type': { const: 'IAM Policy Verdict' }, source: { const: 'trailguard' }, detail: { $ref: 'verdict' } },
} as const;

/** What the guard's own bus delivers for a sweep. */
export const sweepEnvelopeSchema = {
  $id: 'sweep-envelope',
  type: 'object',
  required: ['detail-type', 'source', 'region', 'detail'],
  properties: {
    id: text,
    'detail-type': { const: 'IAM Sweep Summary' },
    source: { const: 'trailguard' },
    region: text,
    detail: { $ref: 'sweepSummary' },
  },
} as const;

/** An event of the guard's own bus whose detail is a verdict. */
export interface VerdictEnvelope {
  id?: string;
  'detail-type': 'IAM Policy Verdict';
  source: 'trailguard';
  detail: Verdict;
}

/** An event of the guard's own bus whose detail is the summary of a sweep. */
export interface SweepEnvelope {
  id?: string;
  'detail-type': 'IAM Sweep Summary';
  source: 'trailguard';
  region: string;
  detail: SweepSummary;
}
