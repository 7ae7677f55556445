import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { collect } from '../../../trails/collect.ts';
import { decodeText } from '../../../trails/decode-text.ts';
import { faultOf, isFolder, listFiles } from '../../../trails/list-files.ts';
import { plural } from '../../input-talk.ts';
import { documentsIn, type FileFault } from './documents-in.ts';
import type { FoundDocument } from './found-document.ts';
import { SourceFault } from './source-tree.ts';

/** What an input holds: documents to judge, reasons why one can't be judged, and what was passed over. */
export interface PolicyInput {
  readonly source: string;
  readonly documents: readonly FoundDocument[];
  readonly faults: readonly FileFault[];
  /** The resources whose documents are known only after apply. */
  readonly unknown: readonly string[];
  /** Why the file is passed over, where it holds no policy. */
  readonly skipped?: string;
  /** What to judge of it all the same where it was asked for by name. */
  readonly doubtful?: FoundDocument;
}

/** What to read and how. */
export interface InputQuestion {
  readonly paths: readonly string[];
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Named files that hold no policy are passed over, as those of a folder are. */
  readonly ignoreUnknown: boolean;
}

/** Names under which folders hold policies, templates and plans. */
const fileNames = /\.(json|ya?ml|template)$/i;
/** Where other people's files live. */
const foreignFolder = 'node_modules';

/** Reads policies out of files, the files of folder trees by path, and standard input for `-`, in the order given. */
export async function* readInputs({ paths, stdin, ignoreUnknown }: InputQuestion): AsyncIterable<PolicyInput> {
  for (const path of paths) {
    if (path === '-') yield named(await decoded(path, await collect(stdin)), ignoreUnknown);
    else if (await isFolder(path)) yield* readFolder(path);
    else yield named(await readOne(path), ignoreUnknown);
  }
}

async function* readFolder(folder: string): AsyncIterable<PolicyInput> {
  const { files, others } = await listFiles(folder);
  for (const other of others) if (other.kind === 'problem') yield faulty(other.source, other.message);
  const foreign = files.filter((file) => relative(folder, file).split(sep).includes(foreignFolder));
  if (foreign.length > 0) yield passedOver(join(folder, foreignFolder), `${plural(foreign.length, 'file')} of packages`);
  let policies = 0;
  for (const file of files.filter((name) => fileNames.test(name) && !foreign.includes(name))) {
    const input = await readOne(file);
    if (input.skipped === undefined) policies += 1;
    yield input;
  }
  if (policies === 0) yield faulty(folder, 'no policy document in this folder (`*.json`, `*.yaml`, `*.yml` or `*.template`)');
}

/** What may be passed over in a folder is not what someone asked for by name. */
function named(input: PolicyInput, ignoreUnknown: boolean): PolicyInput {
  if (ignoreUnknown || input.skipped === undefined) return input;
  if (input.doubtful) return { source: input.source, documents: [input.doubtful], faults: [], unknown: [] };
  return faulty(
    input.source,
    `${input.skipped}: expected a policy document, a CloudFormation or SAM template, or \`terraform show -json\``,
  );
}

async function readOne(path: string): Promise<PolicyInput> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return faulty(path, faultOf(error));
  }
  return decoded(path, bytes);
}

async function decoded(source: string, bytes: Uint8Array): Promise<PolicyInput> {
  if (isZip(bytes)) return faulty(source, 'a zip file: of a Terraform plan, give the output of `terraform show -json`');
  const result = decodeText(bytes);
  if ('why' in result) return faulty(source, result.why);
  try {
    const read = await documentsIn(source, result.text);
    if ('nothing' in read) return { ...passedOver(source, read.nothing), ...(read.doubtful ? { doubtful: read.doubtful } : {}) };
    return { source, ...read };
  } catch (error) {
    if (error instanceof RangeError) return faulty(source, 'the file is nested too deeply to be read');
    if (!(error instanceof SourceFault)) throw error;
    return faulty(source, error.message, { line: error.line, column: error.column });
  }
}

function isZip([first, second]: Uint8Array): boolean {
  return first === 0x50 && second === 0x4b;
}

function faulty(source: string, message: string, place: { line?: number; column?: number } = {}): PolicyInput {
  return { source, documents: [], faults: [{ ...place, message }], unknown: [] };
}

function passedOver(source: string, why: string): PolicyInput {
  return { source, documents: [], faults: [], unknown: [], skipped: why };
}
