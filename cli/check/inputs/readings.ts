import { PolicyError } from '../../../policy/parse.ts';
import { createTexts, intrinsicOf, isNoValue, type TemplateText, unknownText } from './intrinsics.ts';
import { below, isObject, type JsonObject, listed } from './values.ts';

/** A value that is known as far as the template says, with where it was written: a pointer into the file. */
export interface Part {
  readonly pointer: string;
  readonly value: string | readonly Part[] | ReadonlyMap<string, Part>;
  /** True for a text that the template does not tell in full. */
  readonly unknown?: true;
}

/** The parts that a value can mean, one for each way its `Fn::If`s can turn out; undefined where it may be absent. */
export interface Readings {
  readonly ways: readonly (Part | undefined)[];
  /** Whether there was an `Fn::If` in it. */
  readonly conditional: boolean;
}

/** Reads values of one template. `budget` bounds how many parts one document may unfold to. */
export interface Reader {
  /** A value in all its ways. */
  readings(value: unknown, pointer: string): Readings;
  /** Every text that a list, or a lone text, may hold, whichever way its `Fn::If`s turn out. */
  union(value: unknown, pointer: string): { readonly part: Part | undefined; readonly conditional: boolean };
  /** The values behind `Fn::If`s, with their pointers; what may be absent is left out. */
  branches(
    value: unknown,
    pointer: string,
  ): readonly { readonly value: unknown; readonly pointer: string; readonly conditional: boolean }[];
}

const mostWays = 32;
const mostParts = 100_000;

/** A reader of the values in a template with these `Parameters`. */
export function createReader(parameters: unknown): Reader {
  const textOf = createTexts(parameters, spend);
  let budget = mostParts;

  function branches(value: unknown, pointer: string): ReturnType<Reader['branches']> {
    spend();
    if (isNoValue(value)) return [];
    const both = conditionalOf(value);
    if (!both) return [{ value, pointer, conditional: false }];
    return both
      .flatMap((branch, index) => branches(branch, below(below(pointer, 'Fn::If'), index + 1)))
      .map((branch) => ({ ...branch, conditional: true }));
  }

  function readings(value: unknown, pointer: string): Readings {
    spend();
    if (isNoValue(value)) return { ways: [undefined], conditional: false };
    const both = conditionalOf(value);
    if (both) {
      const ways = both.flatMap((branch, index) => readings(branch, below(below(pointer, 'Fn::If'), index + 1)).ways);
      return { ways: few(ways), conditional: true };
    }
    if (Array.isArray(value)) {
      const items = value.map((item, index) => readings(item, below(pointer, index)));
      const ways = combined(items).map((parts) => ({ pointer, value: parts.filter((part) => part !== undefined) }));
      return { ways, conditional: items.some(({ conditional }) => conditional) };
    }
    if (isObject(value) && !intrinsicOf(value)) return readingsOfObject(value, pointer);
    return { ways: [textPart(textOf(value), pointer)], conditional: false };
  }

  function readingsOfObject(value: JsonObject, pointer: string): Readings {
    const entries = Object.entries(value);
    const members = entries.map(([key, member]) => readings(member, below(pointer, key)));
    const ways = combined(members).map((parts) => {
      const present = parts.flatMap((part, index) => (part ? [[entries[index]?.[0] ?? '', part] as const] : []));
      return { pointer, value: new Map(present) };
    });
    return { ways, conditional: members.some(({ conditional }) => conditional) };
  }

  function union(value: unknown, pointer: string): ReturnType<Reader['union']> {
    const whole = branches(value, pointer);
    const [lone] = whole;
    if (whole.length === 1 && lone && !Array.isArray(lone.value)) {
      return { part: textPart(textOf(lone.value), lone.pointer), conditional: lone.conditional };
    }
    const found = whole.flatMap((list) =>
      Array.isArray(list.value) ? list.value.flatMap((item, index) => branches(item, below(list.pointer, index))) : [list],
    );
    const parts = found.map((item) => textPart(textOf(item.value), item.pointer));
    const texts = parts.flatMap((part) => (typeof part.value === 'string' ? [part] : [...(part.value as readonly Part[])]));
    const conditional = [...whole, ...found].some((branch) => branch.conditional);
    return { part: whole.length > 0 ? { pointer, value: texts } : undefined, conditional };
  }

  function spend(): void {
    budget -= 1;
    if (budget < 0) throw new PolicyError(`the document unfolds to more than ${mostParts} values`);
  }

  return { readings, union, branches };
}

function textPart(text: TemplateText | readonly TemplateText[], pointer: string): Part {
  if (Array.isArray(text)) return { pointer, value: text.map((each) => textPart(each, pointer)) };
  const { text: value, unknown } = text as TemplateText;
  return { pointer, value, ...(unknown ? { unknown } : {}) };
}

function conditionalOf(value: unknown): readonly unknown[] | undefined {
  const call = intrinsicOf(value);
  if (call?.name !== 'Fn::If') return undefined;
  const [, ...both] = listed(call.argument);
  return both.length === 2 ? both : [unknownText('If').text];
}

/** Every choice of one way for each. */
function combined(all: readonly Readings[]): (Part | undefined)[][] {
  let choices: (Part | undefined)[][] = [[]];
  for (const { ways } of all) choices = few(choices.flatMap((choice) => ways.map((way) => [...choice, way])));
  return choices;
}

function few<T>(ways: T[]): T[] {
  if (ways.length > mostWays) throw new PolicyError(`a statement has too many \`Fn::If\` to be read: more than ${mostWays} ways`);
  return ways;
}
