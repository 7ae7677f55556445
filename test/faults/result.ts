import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject } from 'vitest';

/** What a fault did to events: a row of docs/faults.md. */
export interface Row {
  /** A letter that it is sorted by, a space, and what fails. */
  readonly fault: string;
  readonly events: number;
  /** Events that lay in a dead-letter queue until they were taken through the guard again. */
  readonly queued: number;
  /** Events whose alert did not come, although they lie in no queue. */
  readonly lost: number;
  /** Alerts that came although the same had come before. */
  readonly repeats: number;
  /** Of users, those whose tags say what they hold in the end; and all. */
  readonly tagsRight: number;
  readonly users: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder where each row is left until the run is over. */
    faultRows: string;
  }
}

/** Leaves a row for the table, and fails unless nothing was lost and every tag is right. */
export const report = (row: Row): void => {
  appendFileSync(join(inject('faultRows'), 'rows.jsonl'), `${JSON.stringify(row)}\n`);
  expect({ fault: row.fault, lost: row.lost, tagsRight: row.tagsRight }).toEqual({ fault: row.fault, lost: 0, tagsRight: row.users });
};
