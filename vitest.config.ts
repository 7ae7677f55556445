import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/cli/build-once.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    // Much of the time goes into waiting: for moto, for the command, for serverless.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['schemas/**', 'policy/**', 'events/**', 'analyzers/**', 'iam/**', 'alerts/**', 'guard/**', 'trails/**', 'handlers/**'],
      // cli/ is left out because its tests run the command as a child process, which is not measured.
      exclude: ['**/*.generated.*'],
      reporter: ['text-summary'],
      thresholds: { statements: 92, branches: 85, functions: 95, lines: 93 },
    },
  },
});
