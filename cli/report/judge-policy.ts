import { activeRules } from '../../analyzers/active-rules.ts';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { withExceptions } from '../../guard/exceptions.ts';
import type { Answer } from '../../iam/directory.ts';
import { PolicyError, parsePolicy } from '../../policy/parse.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { PolicyFacts } from './report-facts.ts';

/** Judges the version in force of a customer managed policy by itself, exceptions marked. `at` is ISO 8601. */
export function judgePolicy({ name, document }: PolicyFacts, configuration: Configuration, at: string): Answer<Finding[]> {
  if (!document.found) return document;
  try {
    const policy = parsePolicy(document.value);
    const found = analyzePolicies({ policies: [{ policy, name }] }, activeRules(configuration));
    return { found: true, value: withExceptions(found, { type: 'policy', name }, configuration.exceptions, at) };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { found: false, why: 'unreadable', detail: `its document could not be parsed: ${error.message}` };
  }
}
