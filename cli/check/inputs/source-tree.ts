import type { Position } from '../../../policy/json-tree.ts';

/** A template as it was written: its value, and the places in its text. */
export interface SourceTree {
  /** CloudFormation's short tags stand here in their long form: `!Sub x` is `{"Fn::Sub": "x"}`. */
  readonly value: unknown;
  /** The place of a value, or of the nearest one that holds it. */
  placeOf(pointer: string): Position | undefined;
}

/** A file that could not be read as what it seems to be. Lines and columns start at 1. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
  readonly line: number;
  readonly column: number;

  constructor(message: string, { line, column }: Position = { line: 1, column: 1 }) {
    super(message);
    this.line = line;
    this.column = column;
  }
}
