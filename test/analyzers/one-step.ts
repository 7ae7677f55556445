/** How many places two JSON values differ in. A renamed key, an added or a removed member, and a replaced text each count as one. */
export function stepsBetween(a: unknown, b: unknown): number {
  if (same(a, b)) return 0;
  if (Array.isArray(a) && Array.isArray(b)) return inLists(a, b);
  if (isObject(a) && isObject(b)) return inObjects(a, b);
  return 1;
}

function inObjects(a: Record<string, unknown>, b: Record<string, unknown>): number {
  const gone = Object.keys(a).filter((key) => !Object.hasOwn(b, key));
  const come = Object.keys(b).filter((key) => !Object.hasOwn(a, key));
  const renamed = gone.filter((key) => come.some((other) => same(a[key], b[other]))).length;
  const shared = Object.keys(a).filter((key) => Object.hasOwn(b, key));
  return gone.length + come.length - renamed + shared.reduce((steps, key) => steps + stepsBetween(a[key], b[key]), 0);
}

/** One member put in or taken out is one step; otherwise the members differ in their places. */
function inLists(a: readonly unknown[], b: readonly unknown[]): number {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  if (longer.length === shorter.length) return a.reduce((steps: number, item, index) => steps + stepsBetween(item, b[index]), 0);
  const first = longer.findIndex((item, index) => !same(item, shorter[index]));
  const rest = longer.slice(first + longer.length - shorter.length);
  return longer.length - shorter.length + inLists(shorter.slice(first), rest);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
