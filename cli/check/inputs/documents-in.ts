import { PolicyError } from '../../../policy/parse.ts';
import type { FoundDocument } from './found-document.ts';
import { jsonSource, refuseDuplicates } from './json-source.ts';
import { createReader, type Reader } from './readings.ts';
import { resolveDocument } from './resolve-document.ts';
import type { SourceTree } from './source-tree.ts';
import { documentsInTemplate, isTemplate, type TemplateDocument } from './template.ts';
import { documentsInPlan, isTerraform } from './terraform-plan.ts';
import { isObject, type JsonObject } from './values.ts';

/** A file, or a part of one, that could not be judged; with its place where that tells more. Lines and columns start at 1. */
export interface FileFault {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** The policies in a file, or why it holds none: `nothing` is said of files of other kinds. */
export type FileRead =
  | {
      readonly documents: readonly FoundDocument[];
      /** Documents that are there and can't be judged. */
      readonly faults: readonly FileFault[];
      /** The resources whose documents are known only after apply. */
      readonly unknown: readonly string[];
    }
  | {
      readonly nothing: string;
      /** Broken JSON that says nothing of a policy: what to judge all the same where the file was asked for by name. */
      readonly doubtful?: FoundDocument;
    };

/** What a file may look like by its name; standard input has none. */
const yamlName = /\.ya?ml$/i;
/** Words without which a file holds no policy, however broken. The YAML parser, which is slow to load, is spared all other files. */
const policyWords = /Statement|AWS::|planned_values/;

/** Finds the policy documents in the text of a file. Throws `SourceFault` where it is broken. */
export async function documentsIn(source: string, file: string): Promise<FileRead> {
  const value = parsedJson(file);
  if (value !== undefined) return fromJson(source, file, value);
  if (!yamlName.test(source) && !looksLikeYaml(file)) {
    return policyWords.test(file) ? plain(source, file) : { nothing: 'neither JSON nor a policy', doubtful: { source, file, text: file } };
  }
  if (!policyWords.test(file)) return { nothing: 'YAML that holds no policy' };
  const { yamlSource } = await import('./yaml-source.ts');
  const tree = await yamlSource(file);
  if (!tree) return { nothing: 'several YAML documents, and no template' };
  if (isTemplate(tree.value)) return fromTemplate(source, file, tree, tree.value);
  if (isObject(tree.value) && 'Statement' in tree.value) return fromYamlPolicy(source, file, tree);
  return { nothing: 'YAML that is neither a policy nor a template' };
}

function fromJson(source: string, file: string, value: unknown): FileRead {
  if (isObject(value) && 'Statement' in value) return plain(source, file);
  if (isTerraform(value)) return fromPlan(source, file, value);
  if (!isTemplate(value)) return { nothing: strangerWords(value) };
  return fromTemplate(source, file, jsonSource(file, value), value, () => refuseDuplicates(file));
}

function plain(source: string, file: string): FileRead {
  return { documents: [{ source, file, text: file }], faults: [], unknown: [] };
}

/** `inspect` may refuse a template that is worth a closer look. */
function fromTemplate(source: string, file: string, tree: SourceTree, template: JsonObject, inspect = () => {}): FileRead {
  const reader = () => createReader(template.Parameters);
  const found = documentsInTemplate(template, reader());
  if (found.length === 0) return { nothing: 'a template without identity policies' };
  inspect();
  return resolvedAll(source, file, tree, found, reader);
}

/** A policy in YAML stands for itself: its functions are still those of a template. */
function fromYamlPolicy(source: string, file: string, tree: SourceTree): FileRead {
  return resolvedAll(source, file, tree, [{ resource: '', pointer: '', value: tree.value }], () => createReader(undefined));
}

function resolvedAll(source: string, file: string, tree: SourceTree, found: readonly TemplateDocument[], reader: () => Reader): FileRead {
  const documents: FoundDocument[] = [];
  const faults: FileFault[] = [];
  for (const { resource, pointer, value } of found) {
    try {
      const { text, fileAt } = resolveDocument(value, pointer, reader());
      documents.push({ source, file, text, inside: insideOf(tree, resource, pointer, fileAt) });
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      faults.push({
        message: resource === '' ? error.message : `${resource}: ${error.message}`,
        ...tree.placeOf(pointer),
      });
    }
  }
  return { documents, faults, unknown: [] };
}

function insideOf(tree: SourceTree, resource: string, pointer: string, fileAt: (pointer: string) => string) {
  return {
    resource,
    pointer,
    placeOf: (inText: string) => tree.placeOf(fileAt(inText)),
    writtenAt: (inText: string) => fileAt(inText).slice(pointer.length) || inText,
  };
}

function fromPlan(source: string, file: string, plan: JsonObject): FileRead {
  const found = documentsInPlan(plan);
  if (found.length === 0) return { nothing: 'a Terraform plan or state without identity policies' };
  const tree = jsonSource(file, plan);
  const documents = found.flatMap(({ resource, pointer, text }): FoundDocument[] =>
    text === undefined ? [] : [{ source, file, text, inside: insideOf(tree, resource, pointer, fileAt(pointer)) }],
  );
  const unknown = found.flatMap(({ resource, text }) => (text === undefined ? [resource] : []));
  return { documents, faults: [], unknown };
}

/** Text is one value of the file; only the blocks of a data source can be told apart. */
function fileAt(pointer: string): (inText: string) => string {
  return (inText) => (pointer.endsWith('/statement') ? pointer + (/^\/Statement(\/\d+)/.exec(inText)?.[1] ?? '') : pointer);
}

function strangerWords(value: unknown): string {
  if (isObject(value) && 'terraform_version' in value && 'lineage' in value) {
    return 'a Terraform state file: give the output of `terraform show -json` instead';
  }
  return 'JSON that is no policy';
}

/** The value of a JSON text; undefined where it is none. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** True for text under any name that begins neither like JSON nor like a URL-encoded document. */
function looksLikeYaml(text: string): boolean {
  return !/^\s*[{[%"]/.test(text) && /^(?:AWSTemplateFormatVersion|Resources|Transform|Version|Statement)\s*:/m.test(text);
}
