// Finds a Chromium for the browser tests, and installs one where the machine has none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a Chromium: `PLAYWRIGHT_CHROMIUM`, a system one, Playwright's own; else one that is installed now. */
export function findChromium() {
  const found = [process.env.PLAYWRIGHT_CHROMIUM, ...SYSTEM, chromium.executablePath()].find(
    (file) => file && existsSync(file),
  );
  return found ?? install();
}

function install() {
  const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (debian) {
    process.stdout.write('no Chromium found: installing the one of Debian\n');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    if (existsSync(SYSTEM[0])) return SYSTEM[0];
  }
  process.stdout.write('no Chromium found: installing the one of Playwright\n');
  run('npx', ['playwright', 'install', 'chromium']);
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  throw new Error('no Chromium could be installed: install one and set PLAYWRIGHT_CHROMIUM to its path');
}

function run(command, args) {
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}
