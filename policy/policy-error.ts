/** A document that could not be read as an identity policy. Lines and columns start at 1. */
export class PolicyError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line = 1, column = 1) {
    super(message);
    this.name = 'PolicyError';
    this.line = line;
    this.column = column;
  }
}
