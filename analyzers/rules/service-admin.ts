import { allActions, consequentialActions } from '../../policy/action-set.ts';
import { isEmpty } from '../../policy/bits.ts';
import type { Service } from '../../policy/catalog/action-catalog.ts';
import { everyResourceOf, type Grants, type SourcedStatement, unrestricted } from '../../policy/grants.ts';
import { type HeldOf, heldOf } from '../../policy/holders.ts';
import { isWritten } from '../../policy/outline.ts';
import { onceForEach } from '../../policy/remembered.ts';
import { allowsAlone, allowsEverywhere, allowsSomewhere, wholeServiceCandidates } from '../../policy/service-grants.ts';
import { type Severity, severities } from '../../schemas/severity.ts';
import { evidenceFor } from '../evidence.ts';
import { fewestGranters, type GrantPart } from '../granters.ts';
import { listed, mitigationsOf } from '../mitigations.ts';
import { narrowerStatements } from '../narrower-statement.ts';
import type { Flag, Rule } from '../rule.ts';
import { lowered } from '../severity.ts';

/** Services that hand out power over all others. */
const keyServices = new Set(['iam', 'sts', 'organizations', 'kms']);

/** A service with fewer actions is not "whole" because its only action is listed. */
const fewestActions = 3;

/** How a service is granted whole: on every resource in a partition, or on something less where `partition` is undefined. */
interface Way {
  readonly partition: string | undefined;
  /** True where the grant does not hold without a statement that a condition narrows. */
  readonly restricted: boolean;
  readonly part: GrantPart;
  /** The fewest statements that make the grant, chosen when they are asked for: where there are many ways, most have the same. */
  readonly granters: () => readonly SourcedStatement[];
}

/** A service that is granted whole. Services that are granted alike share their way. */
interface Whole {
  readonly service: Service;
  readonly way: Way;
  readonly severity: Severity;
}

/** Every action of a service. */
export const serviceAdmin: Rule = {
  id: 'service-admin',
  title: 'Full access to a service',
  severity: 'high',
  rationale:
    'Every action of a service includes the ones nobody meant: deleting what it stores, changing who may reach it, and whatever AWS adds to it next year.',
  remediation: {
    summary: 'List the actions in use, reads apart from writes, and name the resources',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  ],
  controls: {
    'Security Hub': ['IAM.21'],
    'AWS Config': ['IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS'],
    'NIST 800-53 r5': ['AC-2', 'AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-5', 'AC-6', 'AC-6(2)', 'AC-6(3)', 'AC-6(10)'],
    'NIST 800-171 r2': ['3.1.1', '3.1.2', '3.1.5', '3.1.7', '3.3.8', '3.3.9', '3.13.3', '3.13.4'],
    'MITRE ATT&CK': ['T1098.003'],
  },
  check: {
    policy: (grants) => {
      const whole = wholeServices(grants);
      const found = severities.filter((severity) => whole.some((one) => one.severity === severity));
      return found.map((severity) => {
        const group = whole.filter((one) => one.severity === severity);
        return flag(grants, severity, group);
      });
    },
  },
};

/** By prefix. */
function wholeServices(grants: Grants): Whole[] {
  const whole: Whole[] = [];
  for (const alike of wholeServiceCandidates(grants, fewestActions)) {
    const counting = alike.filter((service) => countsWhenReached(service) || isWritten(grants, service.prefix));
    const way = counting[0] && worstWay(grants, counting[0]);
    if (way) for (const service of counting) whole.push({ service, way, severity: severityOf(service, way) });
  }
  return whole.sort((a, b) => (a.service.prefix < b.service.prefix ? -1 : 1));
}

const countsWhenReached = onceForEach(
  (service: Service) => service.names.length >= fewestActions && !isEmpty(consequentialActions(service)),
);

/** The worst way in which all actions of a service are allowed: without conditions before with them; undefined where they are not. */
function worstWay(grants: Grants, service: Service): Way | undefined {
  const free = unrestricted(grants);
  const alone = allowsAlone(free, service, allActions(service));
  const [partition] = free.partitions;
  if (alone && partition !== undefined)
    return { partition, restricted: false, part: partEverywhere(service, partition), granters: () => [alone] };
  const held = heldOf(free, service);
  const all = free === grants ? undefined : heldOf(grants, service);
  const everywhereOf = everywhere(free, held) ?? (all && restrictedBy(everywhere(grants, all)));
  return everywhereOf ?? somewhere(free, held) ?? (all && restrictedBy(somewhere(grants, all)));
}

function restrictedBy(way: Way | undefined): Way | undefined {
  return way && { ...way, restricted: true };
}

function everywhere(grants: Grants, held: HeldOf): Way | undefined {
  const { service } = held;
  const wanted = allActions(service);
  const partition = grants.partitions.find((each) => allowsEverywhere(held, each, wanted));
  if (partition === undefined) return undefined;
  return wayBy(grants, partition, partEverywhere(service, partition));
}

function partEverywhere(service: Service, partition: string): GrantPart {
  return { service, wanted: allActions(service), scopes: everyResourceOf(service, partition) };
}

function wayBy(grants: Grants, partition: string | undefined, part: GrantPart): Way {
  return { partition, restricted: false, part, granters: () => fewestGranters(grants, [part]) };
}

function somewhere(grants: Grants, held: HeldOf): Way | undefined {
  const { service } = held;
  const wanted = allActions(service);
  if (!allowsSomewhere(grants, held, wanted)) return undefined;
  return wayBy(grants, undefined, { service, wanted });
}

function severityOf(service: Service, { partition, restricted }: Way): Severity {
  if (partition === undefined) return 'low';
  const base = keyServices.has(service.prefix) ? 'critical' : 'high';
  return restricted ? lowered(base) : base;
}

/** The statements that make one of the ways. */
function grantersOf({ allows }: Grants, ways: readonly Way[]): SourcedStatement[] {
  const making = new Set<SourcedStatement>();
  for (const way of ways) {
    if (making.size === allows.length) break;
    for (const source of way.granters()) making.add(source);
  }
  return allows.filter((source) => making.has(source));
}

function flag(grants: Grants, severity: Severity, group: readonly Whole[]): Flag {
  const ways = [...new Set(group.map(({ way }) => way))];
  const parts = ways.map(({ part }) => part);
  const granters = grantersOf(grants, ways);
  const prefixes = group.map(({ service }) => service.prefix);
  const whom = prefixes.length === 1 ? `${prefixes[0]}` : `${prefixes.length} services (${listed(prefixes, 5)})`;
  const where = ways.every(({ partition }) => partition !== undefined) ? 'on every resource' : 'on some resources';
  return {
    severity,
    message: `allows every action of ${whom} ${where}`,
    services: prefixes,
    evidence: evidenceFor(granters, parts),
    mitigations: mitigationsOf(grants, granters, parts),
    remedies: group.slice(0, 1).flatMap(({ service, way }) => narrowerStatements(service, way.partition ?? grants.partitions[0])),
  };
}
