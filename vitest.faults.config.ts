import { defineConfig } from 'vitest/config';

/** The fault suite: some minutes of real handlers against AWS as moto plays it, with faults in between. `FAULTS_WRITE=1 npm run test:faults` writes docs/faults.md. */
export default defineConfig({
  test: {
    include: ['test/faults/*.faults.ts'],
    globalSetup: ['test/faults/table.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    // Much of the time goes into waiting for what does not answer.
    maxWorkers: 3,
    testTimeout: 900_000,
    hookTimeout: 120_000,
  },
});
