import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/cli/build-once.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 20_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: [
        'schemas/**',
        'policy/**',
        'events/**',
        'analyzers/**',
        'iam/**',
        'alerts/**',
        'guard/**',
        'trails/**',
        'handlers/**',
        'cli/**',
      ],
      exclude: ['**/*.generated.*'],
      reporter: ['text-summary'],
    },
  },
});
