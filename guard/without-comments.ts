/** A part of the configuration without the keys that are comments. */
export function withoutComments<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('//'))) as T;
}
