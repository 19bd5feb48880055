// Runs every check of the project and counts the tests: what `npm test` and CI do.
// `npm test -- unit browser` runs only the named ones.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledSqlite, foundChromium } from './check/needs.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const results = path.join(root, 'test-results');
const unitReport = path.join(results, 'unit.json');
const browserReport = path.join(results, 'browser.json');

/**
 * For the linter's part that is written in Go: it holds all types until it ends, so that collecting its heap is for nothing
 * and a third of its processor time. From the limit on it collects all the same (decision 0099).
 */
const NO_COLLECTOR = { GOGC: 'off', GOMEMLIMIT: '4GiB' };

const CHECKS = {
  format: () => run('oxfmt', ['--check']),
  // Rules and types, also of what Next makes of the routes: not in git, and so not oxlint's unless it is named.
  lint: async () => {
    const routes = await run('next', ['typegen']);
    const made = path.join('.next', 'types');
    return routes.ok
      ? run(
          'oxlint',
          ['.', ...readdirSync(path.join(root, made)).map((file) => path.join(made, file))],
          NO_COLLECTOR,
        )
      : routes;
  },
  imports: () =>
    run('depcruise', [
      'app',
      'clients',
      'components',
      'db',
      'domain',
      'server',
      '--config',
      '.dependency-cruiser.cjs',
    ]),
  unused: () => run('knip', ['--no-progress', '--no-config-hints']),
  unit: async () =>
    (await sqlite) &&
    run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]),
  build: () => node(['server/cli/build-all.mjs']),
  browser: async () =>
    (await sqlite) &&
    (await chromium) &&
    run('playwright', ['test'], {
      PLAYWRIGHT_CHROMIUM: await chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport,
    }),
};

/**
 * What runs at one time. Lint, unit and browser tests each take both cores by themselves, the build one and a half. It
 * comes after lint, for it writes the types of the routes anew.
 */
const STEPS = [[['lint']], [['build'], ['format', 'imports', 'unused']], [['unit']], [['browser']]];

/** Resolves to whether the tool succeeded, and to what it printed where that was kept back. */
function run(tool, args, env = {}) {
  return node([path.join('node_modules', '.bin', tool), ...args], env);
}

let keepOutput = false;

async function node(args, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: keepOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0', ...env },
  });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { ok: code === 0, output: Buffer.concat(printed).toString() };
}

/** Tests that passed and failed, of a report that a runner has left; a runner that left none failed as a whole. */
function counted(file, read) {
  return existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 1 };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(CHECKS, name));
if (unknown.length > 0) {
  process.stderr.write(
    `no check is called ${unknown.join(', ')}: there are ${Object.keys(CHECKS).join(', ')}\n`,
  );
  process.exit(1);
}
const names = Object.keys(CHECKS).filter((name) => wanted.length === 0 || wanted.includes(name));
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

// Made while the checks that do not need them run; nothing where one could not be made.
const sqlite = names.includes('unit') || names.includes('browser') ? compiledSqlite() : null;
const chromium = names.includes('browser') ? foundChromium() : null;
// What starts from here on stands back for the compiler, which has one thread and is waited for by most of the tests.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const failedChecks = [];

async function check(name) {
  const begun = Date.now();
  if (!keepOutput) process.stdout.write(`\n── ${name}\n`);
  const { ok, output } = (await CHECKS[name]()) || { ok: false, output: '' };
  if (!ok) failedChecks.push(name);
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  const verdict = `── ${name}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)\n`;
  process.stdout.write(keepOutput ? `\n── ${name}\n${output}${verdict}` : verdict);
  return ok;
}

async function inOrder(lane) {
  for (const name of lane) await check(name);
}

for (const step of STEPS) {
  // Pages that do not build leave the browser tests nothing to test.
  if (failedChecks.includes('build') && step.flat().includes('browser')) break;
  const lanes = step
    .map((lane) => lane.filter((name) => names.includes(name)))
    .filter((lane) => lane.length > 0);
  keepOutput = lanes.length > 1;
  await Promise.all(lanes.map(inOrder));
}

const sums = [];
if (names.includes('unit'))
  sums.push(
    counted(unitReport, (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests })),
  );
if (names.includes('browser'))
  sums.push(
    counted(browserReport, ({ stats }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
    })),
  );
const passed = sums.reduce((sum, part) => sum + part.passed, 0);
const failed = sums.reduce((sum, part) => sum + part.failed, 0);
if (failedChecks.length > 0) process.stdout.write(`\nfailed checks: ${failedChecks.join(', ')}\n`);
if (sums.length > 0)
  process.stdout.write(`\n${passed} passed, ${Math.max(failed, failedChecks.length > 0 ? 1 : 0)} failed\n`);
else if (failedChecks.length === 0)
  process.stdout.write(`\n${names.join(', ')}: ok, and no tests among them\n`);
process.exitCode = failedChecks.length > 0 || failed > 0 ? 1 : 0;
