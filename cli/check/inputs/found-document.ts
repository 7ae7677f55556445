import type { Position } from '../../../policy/json-tree.ts';

/** A policy document to judge: a file of its own, or one found inside a template or a plan. */
export interface FoundDocument {
  /** The path as given, `-` for standard input. */
  readonly source: string;
  /** What `source` holds. Excerpts are cut from it. */
  readonly file: string;
  /** The document as JSON. */
  readonly text: string;
  /** Where it stands, if it is not the whole file. */
  readonly inside?: Inside;
}

/** Where in a template or plan a document stands. */
export interface Inside {
  /** What people call it: a logical id, or a Terraform address. */
  readonly resource: string;
  /** RFC 6901 pointer of the document in the file. */
  readonly pointer: string;
  /** The place of a pointer into the document, or of what holds it. */
  placeOf(pointer: string): Position | undefined;
  /** A pointer into `text` as a pointer into the document as it was written. */
  writtenAt(pointer: string): string;
}
