import type { Threshold } from '../exit-status.ts';
import type { ReplaySourceOptions } from '../replay-sources.ts';
import type { FilterOptions } from './filters.ts';
import type { ReplayFormat } from './output.ts';

/** The options of `trailguard replay`. */
export interface ReplayOptions extends FilterOptions, ReplaySourceOptions {
  readonly format: ReplayFormat;
  readonly failOn: Threshold;
  readonly colour: boolean;
  /** Whether a record that can't be judged ends the run with the error as it arose. */
  readonly debug: boolean;
  readonly state?: string;
  readonly config?: string;
  /** Threads that read; one a processor where it is not given. */
  readonly workers?: number;
}
