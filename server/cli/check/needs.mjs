// What the checks need and a machine may lack: each is looked for, and made where it is not there. Where that fails,
// what was printed is told, and the result is none.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { ensureSqlite } from '../build/native.mjs';

/** Where systems put it; first the one without a window of its own, which takes an eighth less of the tests' time. */
const CHROMIUMS = JSON.parse(readFileSync(new URL('chromiums.json', import.meta.url), 'utf8'));

/** Whether there is the one native package, which `npm ci --ignore-scripts` leaves to be compiled. */
export async function compiledSqlite() {
  try {
    await ensureSqlite();
    return true;
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
    return false;
  }
}

/** Path of a Chromium: `PLAYWRIGHT_CHROMIUM`, a system one, Playwright's own; else one that is installed now. */
export async function foundChromium() {
  const own = chromium.executablePath();
  const found = [process.env.PLAYWRIGHT_CHROMIUM, ...CHROMIUMS, own].find((file) => file && existsSync(file));
  if (found) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const silent = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], silent);
    for (const name of ['chromium-headless-shell', 'chromium']) {
      await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], silent);
      if (existsSync(`/usr/bin/${name}`)) return `/usr/bin/${name}`;
    }
  }
  await run('npx', ['playwright', 'install', 'chromium']);
  if (existsSync(own)) return own;
  process.stdout.write(
    'no Chromium could be installed: install one and set PLAYWRIGHT_CHROMIUM to its path\n',
  );
  return null;
}

async function run(program, args, env = {}) {
  const line = `$ ${program} ${args.join(' ')}\n`;
  process.stdout.write(line);
  try {
    await promisify(execFile)(program, args, { env: { ...process.env, ...env }, maxBuffer: 2 ** 26 });
  } catch ({ message, stdout, stderr }) {
    process.stdout.write(`${line}${stdout ?? ''}${stderr ?? ''}${message}\n`);
  }
}
