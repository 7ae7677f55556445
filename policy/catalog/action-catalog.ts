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

function readService(line: string): Service {
  const cells = line.split('|');
  const prefix = cells[0] ?? '';
  const names: string[] = [];
  const levels: AccessLevel[] = [];
  for (const [column, level] of levelColumns.entries()) {
    for (const name of cells[column + 1]?.split(' ') ?? []) {
      if (name === '') continue;
      names.push(name);
      levels.push(level);
    }
  }
  const arns = cells[levelColumns.length + 1];
  return {
    prefix,
    names,
    lowerNames: names.map((name) => name.toLowerCase()),
    levels,
    arns: arns ? arns.split(' ') : [generalArn(prefix)],
  };
}

/** The ARN form of a service whose resources are not known. */
function generalArn(prefix: string): string {
  return `arn:{p}:${prefix}:??*-?*-?:????????????:?*`;
}

function unknownService(prefix: string): Service {
  return { prefix, names: [unknownAction], lowerNames: [unknownAction], levels: ['Write'], arns: [generalArn(prefix)] };
}

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
  const service = line === undefined ? unknownService(prefix) : readService(line);
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
