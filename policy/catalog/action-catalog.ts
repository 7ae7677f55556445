import { remembered } from '../remembered.ts';
import { actionsText } from './actions.generated.ts';

/** What an action does, as AWS's Service Authorization Reference classes it. */
export type AccessLevel = 'List' | 'Read' | 'Tagging' | 'Permissions management' | 'Write';

/** A service's actions and the forms of its resources' ARNs. Positions in `names`, `lowerNames` and `levels` agree. */
export interface Service {
  readonly prefix: string;
  /** As AWS writes them, grouped by access level. */
  readonly names: readonly string[];
  /** `names` in lower case: IAM compares actions without case. */
  readonly lowerNames: readonly string[];
  readonly levels: readonly AccessLevel[];
  /** Patterns with `{p}` for the partition; a service without resources of its own has the general form. */
  readonly arns: readonly string[];
}

const levelColumns: readonly AccessLevel[] = ['List', 'Read', 'Tagging', 'Permissions management', 'Write'];

interface Actions {
  readonly names: readonly string[];
  readonly lowerNames: readonly string[];
  readonly levels: readonly AccessLevel[];
}

function readActions(line: string): Actions {
  const cells = line.split('|').slice(1, levelColumns.length + 1);
  const levels = cells.flatMap((cell, column) => namesIn(cell).map(() => levelColumns[column] ?? 'Write'));
  return { names: cells.flatMap(namesIn), lowerNames: cells.flatMap((cell) => namesIn(cell.toLowerCase())), levels };
}

function namesIn(cell: string): string[] {
  return cell === '' ? [] : cell.split(' ');
}

/** A service of the catalog. Its line is read when it is asked for: reading all of them at once is most of a cold start. */
class KnownService implements Service {
  readonly prefix: string;
  private readonly line: string;
  private actions: Actions | undefined;
  private forms: readonly string[] | undefined;

  constructor(prefix: string, line: string) {
    this.prefix = prefix;
    this.line = line;
  }

  get names(): readonly string[] {
    return this.read().names;
  }

  get lowerNames(): readonly string[] {
    return this.read().lowerNames;
  }

  get levels(): readonly AccessLevel[] {
    return this.read().levels;
  }

  get arns(): readonly string[] {
    if (this.forms) return this.forms;
    const written = this.line.slice(this.line.lastIndexOf('|') + 1);
    this.forms = written === '' ? [generalArn(this.prefix)] : written.split(' ');
    return this.forms;
  }

  private read(): Actions {
    this.actions ??= readActions(this.line);
    return this.actions;
  }
}

/** The ARN form of a service whose resources are not known. */
function generalArn(prefix: string): string {
  return `arn:{p}:${prefix}:??*-?*-?:????????????:?*`;
}

/** Kept while it is asked about, as those of the catalog are for good: what is made once for each service is made once for it too. */
const unknownService = remembered(
  (prefix): Service => ({ prefix, names: [unknownAction], lowerNames: [unknownAction], levels: ['Write'], arns: [generalArn(prefix)] }),
  1_000,
);

/** Where each service's line lies in the text: found once; a line is read when its service is asked for. */
const lines: Map<string, string> = new Map(actionsText.split('\n').map((line) => [line.slice(0, line.indexOf('|')), line] as const));
const read = new Map<string, Service>();

/** Stands for whatever actions a service has that the catalog does not know: a name that only a wildcard matches. */
const unknownAction = '\u{E002}';

/** The service of an action prefix (lower case). One that the catalog does not know is taken to have one action that changes things. */
export function serviceOf(prefix: string): Service {
  const known = read.get(prefix);
  if (known) return known;
  const line = lines.get(prefix);
  const service = line === undefined ? unknownService(prefix) : new KnownService(prefix, line);
  if (line !== undefined) read.set(prefix, service);
  return service;
}

/** True for a prefix that the catalog has. */
export function isKnownService(prefix: string): boolean {
  return lines.has(prefix);
}

let services: readonly Service[] | undefined;

/** Every service of the catalog, by prefix. */
export function allServices(): readonly Service[] {
  services ??= [...lines.keys()].map(serviceOf);
  return services;
}

/** The number of services that the catalog knows. */
export const serviceCount: number = lines.size;
