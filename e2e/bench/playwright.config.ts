import base from '../../playwright.config';

/** `npm run bench:browser`: figures from real browsers; not part of the tests, because machines are noisy. */
export default {
  ...base,
  testDir: import.meta.dirname,
  testMatch: '*.bench.ts',
  workers: 1,
  timeout: 900_000,
  // As most operators see it.
  use: { ...base.use, contextOptions: { reducedMotion: 'no-preference' as const } },
  reporter: [['list'] as const],
};
