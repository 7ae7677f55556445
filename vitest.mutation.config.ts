import { defineConfig } from 'vitest/config';

/** The tests of policy/ and analyzers/ alone, for mutation testing: nothing here needs dist to be built. */
export default defineConfig({
  test: {
    include: ['test/policy/**/*.test.ts', 'test/analyzers/**/*.test.ts'],
    exclude: [
      // Compare generated files and scripts with their sources: they say nothing of what is mutated.
      'test/policy/catalog-text.test.ts',
      'test/analyzers/new-rule.test.ts',
      'test/analyzers/conformance.test.ts',
      // Measures time, which mutants have less of.
      'test/policy/bounded-work.test.ts',
      // Compare one judgement with another, not with what is right, and take longer than all others together.
      'test/analyzers/*properties.test.ts',
    ],
    // Always the same few: a mutant that only luck kills would be dead one day and alive the next.
    env: { PROPERTY_RUNS: '60', PROPERTY_SEED: '1' },
    testTimeout: 60_000,
  },
});
