/** Fails where trailguard.config.json is wrong, and says where. Run before the guard is packaged, so that none is deployed with it. */
import { readConfiguration } from '../cli/read-configuration.ts';
import { UsageError } from '../cli/usage-error.ts';

try {
  await readConfiguration('trailguard.config.json');
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
