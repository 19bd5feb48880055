import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import chromiums from './server/cli/check/chromiums.json' with { type: 'json' };

/** Those that Playwright turns off by itself: Chromium takes the last list that it is given, and only that. */
const OFF_AS_EVER = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];
/**
 * What Chromium starts beside the page of each test, for nobody: two pages of its address bar (2 s of a core) and a
 * process for a page that never comes (decision 0080).
 */
const OFF_FOR_SPEED = ['WebUIOmniboxAimPopup', 'WebUIOmniboxPopup', 'SpareRendererForSitePerProcess'];

export default defineConfig({
  testDir: 'e2e',
  // Each worker owns a server, a database and a browser; two cores carry two.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  // No test waits by time; this ends one that hangs, also on a machine that is half as fast and busy.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [
    ['line'],
    ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ?? 'test-results/browser.json' }],
  ],
  outputDir: 'test-results/browser',
  use: {
    // Moving is a tenth of what pages cost (decision 0099); the tests of what moves ask for it.
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions: {
      // The checks name it; who starts Playwright without them gets a system one, else Playwright's own.
      executablePath: process.env['PLAYWRIGHT_CHROMIUM'] ?? chromiums.find((file) => existsSync(file)),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--disable-features=${[...OFF_AS_EVER, ...OFF_FOR_SPEED].join(',')}`,
      ],
    },
  },
});
