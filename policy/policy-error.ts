/** A document that could not be read as an identity policy. Lines and columns start at 1. */
export class PolicyError extends Error {
  readonly line: number;
  readonly column: number;
  /** RFC 6901 pointer of the element that is wrong, where it is known and its place is still to be found. */
  readonly pointer: string | undefined;

  constructor(message: string, { line = 1, column = 1, pointer }: { line?: number; column?: number; pointer?: string } = {}) {
    super(message);
    this.name = 'PolicyError';
    this.line = line;
    this.column = column;
    this.pointer = pointer;
  }
}
