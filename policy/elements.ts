import { actionPattern, isWild, type Pattern, resourcePattern, serviceNamed } from './pattern.ts';
import type { ActionElement, PatternElement, PatternElementName, Run } from './policy.ts';

/** Where an element stands in its statement. */
export type Place = Pick<PatternElement, 'name' | 'negated' | 'scalar'>;

/** An element as it is written. */
export type WrittenElement = Pick<PatternElement, keyof Place | 'texts'>;

/** A class, for patterns that are made when somebody asks: most actions are of services that nobody asks about any further. */
class ReadRun implements Run {
  readonly service: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly wild: number;
  private readonly texts: readonly string[];
  private made: readonly Pattern[] | undefined;

  constructor(texts: readonly string[], start: number) {
    const service = serviceNamed(texts[start] ?? '');
    let wild = 0;
    let end = start;
    for (; end < texts.length; end++) {
      const text = texts[end] ?? '';
      if (end > start && !isOf(text, service)) break;
      if (isWild(text)) wild++;
    }
    this.service = service;
    this.start = start;
    this.end = end;
    this.wild = wild;
    this.texts = texts;
  }

  get patterns(): readonly Pattern[] {
    this.made ??= this.texts.slice(this.start, this.end).map((text) => actionPattern(text, this.service));
    return this.made;
  }
}

function isOf(text: string, service: string | undefined): boolean {
  if (service !== undefined && text.charCodeAt(service.length) === colon && text.startsWith(service)) return true;
  return serviceNamed(text) === service;
}

const colon = 0x3a;

function runsIn(texts: readonly string[]): Run[] {
  if (texts.length === 0) return [];
  let last = new ReadRun(texts, 0);
  const runs = [last];
  while (last.end < texts.length) {
    last = new ReadRun(texts, last.end);
    runs.push(last);
  }
  return runs;
}

class ReadActions implements ActionElement {
  readonly name: PatternElementName;
  readonly negated: boolean;
  readonly scalar: boolean;
  readonly texts: readonly string[];
  readonly runs: readonly Run[];
  readonly isStar: boolean;
  private made: readonly Pattern[] | undefined;

  constructor({ name, negated, scalar, texts }: WrittenElement) {
    this.name = name;
    this.negated = negated;
    this.scalar = scalar;
    this.texts = texts;
    this.runs = runsIn(texts);
    const [first] = this.runs;
    this.isStar = texts.length === 1 && first?.service === undefined && isStar(first?.patterns ?? []);
  }

  get patterns(): readonly Pattern[] {
    this.made ??= this.runs.flatMap(({ patterns }) => patterns);
    return this.made;
  }
}

/** The element of an `Action` or `NotAction`. */
export function actionElement(written: WrittenElement): ActionElement {
  return new ReadActions(written);
}

function isStar(patterns: readonly Pattern[]): boolean {
  return patterns.length === 1 && patterns[0]?.glob === '*';
}

/** The element of a `Resource` or `NotResource`, in a document of a version; `widest` as `resourcePattern` has it. */
export function resourceElement(written: WrittenElement, version: string, widest: boolean): PatternElement {
  const { name, scalar, texts } = written;
  if (texts.length === 1 && texts[0] === '*' && name === 'Resource') return scalar ? everything : everythingListed;
  const patterns = texts.map((text) => resourcePattern(text, version, widest));
  return resourcesOf(written, patterns, texts);
}

/** The element of a `Resource` or `NotResource` with these patterns. */
export function resourcesOf(
  { name, negated, scalar }: Place,
  patterns: readonly Pattern[],
  texts: readonly string[] = patterns.map(({ text }) => text),
): PatternElement {
  return { name, negated, scalar, texts, patterns, isStar: isStar(patterns) };
}

/** Every resource, as most statements write it. */
const everything = resourcesOf({ name: 'Resource', negated: false, scalar: true }, [resourcePattern('*', '2012-10-17', true)]);
const everythingListed: PatternElement = { ...everything, scalar: false };
