import type { Service } from '../policy/catalog/action-catalog.ts';

/** A statement to start from instead of `service:*`: what reads and lists, on one resource that the author fills in. */
export function narrowerStatement(service: Service): string {
  const actions = readingVerbs(service).map((verb) => `${service.prefix}:${verb}`);
  return JSON.stringify({
    Effect: 'Allow',
    Action: actions.length === 0 ? [`${service.prefix}:ACTION_IN_USE`] : actions,
    Resource: exampleArns(service),
  });
}

/** `Get*` where every action that begins with `Get` reads or lists, and the action's own name otherwise. */
function readingVerbs(service: Service): string[] {
  const reads = (position: number) => service.levels[position] === 'Read' || service.levels[position] === 'List';
  const unsafe = new Set(service.names.filter((_, position) => !reads(position)).map(verbOf));
  const patterns = service.names.flatMap((name, position) =>
    reads(position) ? [unsafe.has(verbOf(name)) ? name : `${verbOf(name)}*`] : [],
  );
  return [...new Set(patterns)].sort().slice(0, 12);
}

function verbOf(name: string): string {
  return /^[A-Z][a-z]+/.exec(name)?.[0] ?? name;
}

/** The ARN forms of the service with words in capitals where a name belongs. */
function exampleArns(service: Service): string[] {
  return service.arns.slice(0, 2).map((arn) => {
    const [head = '', partition, name, region = '', account = '', ...rest] = arn.replace('{p}', 'aws').split(':');
    const filled = [head, partition, name, region.replace('?*', 'REGION'), account.replace('?'.repeat(12), 'ACCOUNT'), rest.join(':')].join(
      ':',
    );
    return filled.replaceAll('?*', 'NAME');
  });
}
