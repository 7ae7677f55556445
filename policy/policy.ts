import type { Pattern } from './pattern.ts';

/** `Action` and `NotAction`, `Resource` and `NotResource`: the elements that hold patterns. */
export type PatternElementName = 'Action' | 'NotAction' | 'Resource' | 'NotResource';

/** The values of one element. */
export interface PatternElement {
  readonly name: PatternElementName;
  readonly negated: boolean;
  /** True where the document has a lone string instead of a list. */
  readonly scalar: boolean;
  /** As the document writes them. */
  readonly texts: readonly string[];
  /** What the texts mean, at the same positions. */
  readonly patterns: readonly Pattern[];
  /** True where a lone `*` stands for all there is: everything, or nothing where the element is negated. */
  readonly isStar: boolean;
}

/** `Action` or `NotAction`. */
export interface ActionElement extends PatternElement {
  /** The texts by service: policies list a service's actions together. */
  readonly runs: readonly Run[];
}

/** Actions of an element that stand together and are of one service; undefined where any service answers to them. */
export interface Run {
  readonly service: string | undefined;
  /** The positions of their texts in the element: the first, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** How many of them have a wildcard. */
  readonly wild: number;
  readonly patterns: readonly Pattern[];
}

/** One operator and key of a `Condition` block, with its values as text. `doubtful` where a duplicate key makes it unclear. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly doubtful?: true;
}

/** One statement, as in IAM's policy language. */
export interface Statement {
  /** Position in the document, from 0. */
  readonly index: number;
  /** RFC 6901 pointer of the statement: `/Statement/0`, or `/Statement` where the document has a lone object. */
  readonly pointer: string;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly action: ActionElement;
  readonly resource: PatternElement;
  readonly conditions: readonly Condition[];
}

/** Something wrong with a document that did not stop it from being judged, such as a duplicate key. Lines start at 1. */
export interface Problem {
  readonly message: string;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
}

/** A parsed identity policy. Where keys are duplicated, `statements` are those of the worst reading. */
export interface Policy {
  readonly version: string;
  readonly statements: readonly Statement[];
  readonly problems: readonly Problem[];
}
