import { type Check, type Fault, faultsOr } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { busWords, type ExpectedRule, rulesOf } from '../expected.ts';
import { eachRule } from '../rules.ts';

interface Pattern {
  readonly source?: unknown;
  readonly 'detail-type'?: unknown;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** That the rules ask for the events that the guard judges, all of them, from AWS alone. */
export const rulesMatch: Check = {
  id: 'rules-match',
  title: 'every rule matches the events that the guard judges',
  matters:
    'an event that no pattern names is never judged; one that the function does not know ends in the failure queue; a source that is not pinned lets events be forged',
  permissions: ['events:DescribeRule'],
  after: ['stack'],
  async run(context) {
    const rules = rulesOf(context).filter(({ pattern }) => pattern !== undefined);
    const faults = await eachRule(context, rules, (rule, found) => faultsOf(rule, found, context));
    return faultsOr(faults, `${rules.length} patterns`);
  },
};

function faultsOf(
  rule: ExpectedRule,
  found: { EventPattern?: string | undefined; Description?: string | undefined },
  context: DoctorContext,
): Fault[] {
  const { source, detailTypes, events } = rule.pattern ?? { source: '', detailTypes: [] };
  const pattern = JSON.parse(found.EventPattern ?? '{}') as Pattern;
  const says = [
    ...(same(pattern.source, [source]) ? [] : [`its source is not \`${source}\` alone`]),
    ...(same(pattern['detail-type'], detailTypes)
      ? []
      : [`its detail-type is not ${detailTypes.map((each) => `\`${each}\``).join(' and ')}`]),
    ...(events === undefined ? [] : eventFaults(pattern.detail ?? {}, events)),
  ];
  if (says.length === 0) return [];
  const detail = events === undefined ? pattern.detail : { eventSource: ['iam.amazonaws.com'], eventName: events };
  const mended = { source: [source], 'detail-type': detailTypes, ...(detail === undefined ? {} : { detail }) };
  // What the command leaves out, EventBridge forgets.
  const description = found.Description === undefined ? [] : ['--description', found.Description];
  return [
    {
      says: `rule ${rule.name}: ${says.join(', ')}`,
      fix: [
        context.aws(
          'events',
          'put-rule',
          '--name',
          rule.name,
          ...busWords(rule),
          ...description,
          '--event-pattern',
          JSON.stringify(mended),
        ),
      ],
    },
  ];
}

function eventFaults(detail: Readonly<Record<string, unknown>>, events: readonly string[]): string[] {
  const { eventSource, eventName, ...others } = detail;
  const named: unknown[] = Array.isArray(eventName) ? eventName : [];
  const missing = events.filter((name) => !named.includes(name));
  const unknown = named
    .filter((name) => !events.some((each) => each === name))
    .map((name) => (typeof name === 'string' ? name : JSON.stringify(name)));
  const narrowing = Object.keys(others);
  return [
    ...(same(eventSource, ['iam.amazonaws.com']) ? [] : ['its eventSource is not `iam.amazonaws.com` alone']),
    ...(missing.length === 0 ? [] : [`it does not match ${missing.join(', ')}`]),
    ...(unknown.length === 0 ? [] : [`it matches ${unknown.join(', ')}, which its function does not judge`]),
    ...(narrowing.length === 0 ? [] : [`it asks for ${narrowing.join(', ')} too, and so leaves events out`]),
  ];
}

function same(value: unknown, expected: readonly string[]): boolean {
  return Array.isArray(value) && value.length === expected.length && expected.every((each) => value.includes(each));
}
