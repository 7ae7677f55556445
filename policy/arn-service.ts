import { allServices, type Service } from './catalog/action-catalog.ts';
import { partitions } from './partitions.ts';
import type { PatternElement } from './policy.ts';
import { onceForEach, onceOn, remembered } from './remembered.ts';

/** The third part of an ARN or of a pattern for some: the service whose resource it is. */
export function arnService(arn: string): string {
  const start = arn.indexOf(':', 4) + 1;
  const end = arn.indexOf(':', start);
  return end < 0 ? '' : arn.slice(start, end);
}

/** True where a wildcard may stand for the third part of a resource's ARN. */
export function leavesServiceOpen(glob: string): boolean {
  if (!glob.startsWith('arn:')) return true;
  const start = glob.indexOf(':', 4) + 1;
  if (start === 0) return true;
  for (let i = start; i < glob.length; i++) {
    const letter = glob.charCodeAt(i);
    if (letter === colon) return i === start;
    if (letter === star || letter === question) return true;
  }
  return true;
}

const [colon, star, question] = [0x3a, 0x2a, 0x3f];

/** The third parts of the ARNs of a service's resources. */
export const arnServicesOf: (service: Service) => readonly string[] = onceForEach(({ arns }) => servicesIn(arns));

const servicesIn = onceForEach((arns: readonly string[]) => [...new Set(arns.map(arnService))]);

/** The services whose resources a list names; undefined where it may name any. */
const servicesNamed = onceOn(({ negated, patterns }: PatternElement) =>
  negated || patterns.some(({ glob }) => leavesServiceOpen(glob)) ? undefined : new Set(patterns.map(({ glob }) => arnService(glob))),
);

/** False where an element names resources of other services only than ARN forms do. A cheap look: it never misses one. */
export function mayName(element: PatternElement, forms: readonly string[]): boolean {
  const named = servicesNamed(element);
  return named === undefined || servicesIn(forms).some((service) => named.has(service));
}

/** False where no resource of an element can hold all that an ARN form of a service stands for. A cheap look: it never misses one that does. */
export function mayHoldForm(element: PatternElement, service: Service): boolean {
  const named = servicesNamed(element);
  if (named) return arnServicesOf(service).some((name) => named.has(name));
  return element.negated || mayHaveForm(service, writtenIn(element));
}

const writtenIn = onceOn(({ patterns }: PatternElement) => [...new Set(patterns.map(({ glob }) => longestWord(glob)))]);

/** A word that a form must have for a pattern to hold it, as far as one can be told: the longest that lies within one part of an ARN, and not in the partition. */
export function longestWord(glob: string): string {
  return glob
    .replace(/^arn:/, '')
    .split(/[*?:]+/)
    .reduce((longest, text) => (text.length > longest.length && !isOfPartition(text) ? text : longest), '');
}

function isOfPartition(word: string): boolean {
  return partitions.some((partition) => partition.includes(word));
}

/** False where no ARN form of a service has any of the words, so that no pattern with one of them holds a form whole: letters match letters alone. */
export function mayHaveForm(service: Service, words: readonly string[]): boolean {
  const text = formsText(service);
  return words.some((word) => text.includes(word));
}

/** The services of the catalog of which an ARN form has a word. */
export const servicesWith: (word: string) => ReadonlySet<Service> = remembered(
  (word) => new Set(allServices().filter((service) => mayHaveForm(service, [word]))),
  100,
);

const formsText = onceForEach(({ arns }: Service) => arns.join(' '));
