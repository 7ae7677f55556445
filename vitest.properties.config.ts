import { defineConfig } from 'vitest/config';

/** The property tests of the analyzer, at length. Every number is the environment's first: `PROPERTY_RUNS=50000 npm run test:properties`. */
export default defineConfig({
  test: {
    include: ['test/**/*properties.test.ts', 'test/policy/{differential,wildcards}.test.ts', 'test/guard/any-order.test.ts'],
    env: { PROPERTY_RUNS: process.env.PROPERTY_RUNS ?? '10000' },
    testTimeout: 1_800_000,
  },
});
