import type { Service } from '../policy/catalog/action-catalog.ts';

/** More verbs than this, and the statement is no longer a start but a list. */
const mostVerbs = 5;

/** A statement to start from instead of `service:*`: what reads and lists, on one resource that the author fills in. */
export function narrowerStatement(service: Service): string {
  const known = written.get(service);
  if (known !== undefined) return known;
  const text = write(service);
  written.set(service, text);
  return text;
}

const written = new WeakMap<Service, string>();

function write(service: Service): string {
  const actions = readingVerbs(service).map((verb) => `${service.prefix}:${verb}`);
  return JSON.stringify({
    Effect: 'Allow',
    Action: actions.length === 0 ? [`${service.prefix}:ACTION_IN_USE`] : actions,
    Resource: exampleArns(service),
  });
}

/** The verbs under which a service has most of its reading actions, as `Get*`; only verbs under which all actions read or list. */
function readingVerbs(service: Service): string[] {
  const counts = new Map<string, number>();
  const writing = new Set<string>();
  for (const [position, name] of service.names.entries()) {
    const reads = service.levels[position] === 'Read' || service.levels[position] === 'List';
    if (reads) counts.set(verbOf(name), (counts.get(verbOf(name)) ?? 0) + 1);
    else writing.add(verbOf(name));
  }
  const verbs = [...counts].filter(([verb, count]) => count > 1 && !writing.has(verb));
  const most = verbs.toSorted(([, a], [, b]) => b - a).slice(0, mostVerbs);
  return most.map(([verb]) => `${verb}*`).sort();
}

function verbOf(name: string): string {
  return /^[A-Z][a-z]+/.exec(name)?.[0] ?? name;
}

/** The ARN forms of the service, with words in capitals where a name belongs; one general form where it has many. */
function exampleArns(service: Service): string[] {
  if (service.prefix === 's3') return ['arn:aws:s3:::BUCKET', 'arn:aws:s3:::BUCKET/*'];
  if (service.arns.length > 2) {
    const regional = service.arns.some((arn) => arn.split(':')[3] !== '');
    return [`arn:aws:${service.prefix}:${regional ? 'REGION' : ''}:ACCOUNT:RESOURCE`];
  }
  return service.arns.map((arn) => {
    const [head = '', , name, region, account, ...rest] = arn.split(':');
    return [head, 'aws', name, region && 'REGION', account && 'ACCOUNT', rest.join(':').replaceAll(/[*?][*?-]*/g, 'NAME')].join(':');
  });
}
