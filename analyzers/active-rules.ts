import { forTheLast } from '../policy/remembered.ts';
import type { Configuration } from '../schemas/configuration.ts';
import { rules } from './registry.ts';
import type { Rule } from './rule.ts';

/** The rules that run under a configuration, with its severities: all but those that it switches off, or that are off unless switched on. */
export const activeRules: (configuration: Pick<Configuration, 'rules'>) => readonly Rule[] = forTheLast(
  (configuration: Pick<Configuration, 'rules'>) =>
    rules.flatMap((rule) => {
      const { enabled = !rule.optIn, severity } = configuration.rules[rule.id] ?? {};
      if (!enabled) return [];
      return [severity === undefined ? rule : { ...rule, configuredSeverity: severity }];
    }),
);
