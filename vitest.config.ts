import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': path.resolve(import.meta.dirname) } },
  test: {
    include: ['{domain,server,db,components,app,clients}/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['vitest.setup.ts'],
    // Worker threads and real SQLite files: give a loaded machine room. No test asserts on time.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    pool: 'forks',
    // Files share their worker's modules, which halves the run. A file must leave nothing behind: timers, mocks, globals.
    isolate: false,
    // By default one core is left idle: of two, half the machine.
    maxWorkers: '100%',
  },
});
