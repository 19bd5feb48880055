import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': path.resolve(import.meta.dirname) } },
  test: {
    include: ['{domain,server,db,components,app}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Worker threads and real SQLite files: give a loaded machine room. No test asserts on time.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // By default one core is left idle: on two cores that takes three times as long.
    maxWorkers: '100%',
  },
});
