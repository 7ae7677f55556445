import { setFlagsFromString } from 'node:v8';

/** By how much the heap may grow over what is alive in it before all of it is collected, in percent. */
const growth = 40;

/**
 * Keeps the heaps of this process and its threads near what is alive in them. V8 lets one grow to several times that where the machine has
 * memory to spare, which a replay fills with verdicts long written. To be called before a thread starts.
 */
export function boundHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${growth}`);
}
