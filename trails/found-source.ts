import type { TrailItem } from './trail-item.ts';
import type { TrailSource } from './trail-source.ts';

/** What looking for sources gives: a source, what is passed over, or a place that could not be looked at. */
export type FoundSource = TrailSource | Exclude<TrailItem, { kind: 'record' }>;
