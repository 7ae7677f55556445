/** `T` with every optional field allowed to be undefined: how a value looks before what is not known has been left out. */
export type Draft<T> = T extends unknown ? { [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K] } : never;

/** Leaves out the fields that are undefined, so that a field is there only where its value is known. */
export function known<T extends object>(draft: Draft<T>): T {
  const fields: Record<string, unknown> = {};
  for (const key in draft) if (draft[key] !== undefined) fields[key] = draft[key];
  return fields as T;
}
