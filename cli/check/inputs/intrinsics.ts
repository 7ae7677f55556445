import { PolicyError } from '../../../policy/parse.ts';
import { isObject, type JsonObject } from './values.ts';

/** A text in a template, with its intrinsic functions worked out as far as the template says. `unknown` where it does not. */
export interface TemplateText {
  readonly text: string;
  readonly unknown: boolean;
}

/** The name and argument of an intrinsic function, or undefined where a value is none. */
export function intrinsicOf(value: unknown): { readonly name: string; readonly argument: unknown } | undefined {
  if (!isObject(value)) return undefined;
  const [first, ...others] = Object.entries(value);
  if (!first || others.length > 0) return undefined;
  const [name, argument] = first;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

/** True for `!Ref AWS::NoValue`, which takes away what it stands for. */
export function isNoValue(value: unknown): boolean {
  return intrinsicOf(value)?.name === 'Ref' && isObject(value) && value.Ref === 'AWS::NoValue';
}

/** Stand-ins for an account and a Region that nobody knows yet: of the form that the rules look for, and never given out. */
const someAccount = '000000000000';
const someRegion = 'zz-unknown-0';

/**
 * Pseudo parameters that have a form. Every partition is judged alike.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': someAccount,
  'AWS::Region': someRegion,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A text of a finding, with the stand-ins shown as what they are. */
export function withoutStandIns(text: string): string {
  return text.replaceAll(someAccount, '{account}').replaceAll(someRegion, '{region}');
}

/** Works out texts with the defaults of a template's parameters. `spend` is called for each value that is looked at. */
export function createTexts(parameters: unknown, spend: () => void): (value: unknown) => TemplateText | readonly TemplateText[] {
  const known = isObject(parameters) ? parameters : {};

  function textOf(value: unknown): TemplateText | readonly TemplateText[] {
    spend();
    const call = intrinsicOf(value);
    if (!call && value !== null && typeof value === 'object') throw new PolicyError('a list or an object stands where a text is expected');
    if (!call) return value === null ? unknownText('null') : { text: String(value), unknown: false };
    if (call.name === 'Ref') return reference(String(call.argument));
    if (call.name === 'Fn::Sub') return substituted(call.argument);
    if (call.name === 'Fn::Join') return joined(call.argument);
    const argument = call.name === 'Fn::GetAtt' ? [call.argument].flat().join('.') : '';
    return unknownText(argument || call.name.replace('Fn::', ''));
  }

  function reference(name: string): TemplateText | readonly TemplateText[] {
    const pseudo = Object.hasOwn(pseudoParameters, name) ? pseudoParameters[name] : undefined;
    if (pseudo !== undefined) return { text: pseudo, unknown: pseudo === someAccount || pseudo === someRegion };
    const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!isObject(parameter) || parameter.Default === undefined || isLookedUp(parameter)) return unknownText(name);
    const text = String(parameter.Default);
    return isList(parameter) ? text.split(',').map((item) => ({ text: item.trim(), unknown: false })) : { text, unknown: false };
  }

  function substituted(argument: unknown): TemplateText {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, undefined];
    if (typeof template !== 'string') return unknownText('Sub');
    let unknown = false;
    const text = template.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
      // `${!x}` is how a policy variable `${x}` is written here.
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      const key = name.trim();
      const own = isObject(variables) && Object.hasOwn(variables, key) ? oneText(textOf(variables[key])) : undefined;
      const value = own ?? oneText(key.includes('.') ? unknownText(key) : reference(key));
      unknown ||= value.unknown;
      return value.text;
    });
    return { text: shaped(text), unknown };
  }

  function joined(argument: unknown): TemplateText {
    const [separator, parts] = Array.isArray(argument) ? argument : [];
    if (typeof separator !== 'string') return unknownText('Join');
    if (!Array.isArray(parts)) return oneText(textOf(parts));
    const texts = parts.filter((part) => !isNoValue(part)).flatMap((part) => textOf(part));
    return { text: shaped(texts.map(({ text }) => text).join(separator)), unknown: texts.some(({ unknown }) => unknown) };
  }

  return textOf;
}

function oneText(value: TemplateText | readonly TemplateText[]): TemplateText {
  const texts = [value].flat();
  return { text: texts.map(({ text }) => text).join(','), unknown: texts.some(({ unknown }) => unknown) };
}

/** An ARN of which an unknown text is the whole partition, Region or account: there it has that form, whatever it will be. */
function shaped(text: string): string {
  const parts = text.split(':');
  if (parts[0] !== 'arn' || parts.length < 6) return text;
  const forms = [undefined, 'aws', undefined, someRegion, someAccount];
  return parts.map((part, index) => (/^\{[\w.-]*\}$/.test(part) ? (forms[index] ?? part) : part)).join(':');
}

/** A text that nobody knows yet: it says its name, holds no wildcard, and is equal only to itself. */
export function unknownText(name: string): TemplateText {
  return { text: `{${name.replace(/[^\w.-]+/g, '-')}}`, unknown: true };
}

/** The default of an SSM parameter is the name to look it up by. */
function isLookedUp({ Type }: JsonObject): boolean {
  return String(Type).startsWith('AWS::SSM::Parameter::Value');
}

function isList({ Type }: JsonObject): boolean {
  return Type === 'CommaDelimitedList' || String(Type).startsWith('List<');
}
