import { rules } from '../analyzers/registry.ts';

/** Why each rule matters, by rule id: what messages say beyond the verdict. */
export const rationales: ReadonlyMap<string, string> = new Map(rules.map(({ id, rationale }) => [id, rationale]));
