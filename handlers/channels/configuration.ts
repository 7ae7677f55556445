import { completeConfiguration } from '../../guard/complete-configuration.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { validateConfiguration } from '../../schemas/validate.ts';
import configurationFile from '../../trailguard.config.json' with { type: 'json' };

/** The configuration that the channels carry. Read when the module loads: one that is wrong stops a channel before its first alert. */
export const configuration: Configuration = completeConfiguration(validateConfiguration(configurationFile));
