/** A whole number from the environment, or undefined where the variable is not set. */
function fromEnvironment(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw new Error(`\`${name}\` is \`${text}\`: set it to a whole number`);
  return Number(text);
}

/**
 * How often fast-check tries a property: `few` times in `npm test`, PROPERTY_RUNS times where that is set, as
 * `npm run test:properties` does. PROPERTY_SEED repeats a run that failed.
 */
export function runs(few: number): { readonly numRuns: number; readonly seed?: number } {
  const seed = fromEnvironment('PROPERTY_SEED');
  return { numRuns: fromEnvironment('PROPERTY_RUNS') ?? few, ...(seed === undefined ? {} : { seed }) };
}
