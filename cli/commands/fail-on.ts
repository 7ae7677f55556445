import { Option } from 'commander';
import { type Threshold, thresholds } from '../exit-status.ts';

/** The option `--fail-on`, with what holds where it is not given. */
export function failOn(otherwise: Threshold): Option {
  return new Option('--fail-on <severity>', 'exit with 1 where something is this severe or worse').choices(thresholds).default(otherwise);
}
