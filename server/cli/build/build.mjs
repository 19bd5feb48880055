// Builds the server (esbuild, into dist/) and the pages (Next, into .next/), each only when its sources changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

const COMMANDS = { cli: 'server/cli/cli.ts' };
/** Each in one file: threads start faster so. */
const THREADS = {
  'writer.worker': 'server/history/writer.worker.ts',
  'reader.worker': 'server/history/reader.worker.ts',
  'bridge.worker': 'server/bridges/events-db/bridge.worker.ts',
  'demo.worker': 'server/simulator/demo/demo.worker.ts',
  bench: 'server/bench/bench.ts',
};
/** Packages that stay in node_modules: native code, files found at run time, or what is loaded only now and then. */
const EXTERNAL = ['better-sqlite3', 'esbuild', 'next', 'pino', 'pino-pretty'];
/** For the CommonJS packages within the bundle. */
const REQUIRE = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`;

const SERVER_SOURCES = ['domain', 'db', 'server', 'package.json', 'package-lock.json'];
const PAGE_SOURCES = [
  ...SERVER_SOURCES,
  'app',
  'components',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
];

/**
 * Builds what is missing. Prints one line per thing built; throws when a build fails. With `RINGSIDE_NO_BUILD=1` it takes
 * what is there: several servers that start at once must not build into each other.
 */
export async function ensureBuilt({ pages }) {
  if (process.env.RINGSIDE_NO_BUILD === '1') {
    if (pages && !existsSync(path.join(root, '.next', 'BUILD_ID')))
      throw Object.assign(
        new Error('RINGSIDE_NO_BUILD is 1 and there are no built pages: run `npm run build`'),
        {
          name: 'CliError',
        },
      );
    return;
  }
  await stage('server', SERVER_SOURCES, path.join(root, 'dist', '.sources'), buildServer);
  if (pages) await stage('pages', PAGE_SOURCES, path.join(root, '.next', '.sources'), buildPages);
}

async function stage(name, sources, stamp, build) {
  const files = sources.flatMap((source) => filesBelow(path.join(root, source)));
  const [contents, touched] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split('\n') : [];
  // Who starts a server waits for this: files that nobody touched need not be read.
  const untouched = digest(files, lastChange);
  if (touched === untouched) return;
  const wanted = digest(files, readFileSync);
  if (contents === wanted) return writeFileSync(stamp, `${wanted}\n${untouched}`);
  const begun = Date.now();
  // A build that is interrupted leaves half of one: the next start must not take it for what was there before.
  rmSync(stamp, { force: true });
  process.stderr.write(`building the ${name} …\n`);
  await build();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${wanted}\n${untouched}`);
  process.stderr.write(`built the ${name} in ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
}

async function buildServer() {
  const { build } = await import('esbuild');
  const options = {
    absWorkingDir: root,
    outdir: 'dist',
    bundle: true,
    external: EXTERNAL,
    banner: { js: REQUIRE },
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    // Each start reads all of it, threads their part again: two thirds are left. Names stay, and lines stay short, so
    // that a stack says where it was.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    logLevel: 'warning',
    metafile: true,
  };
  const entryPoints = (entries) => Object.entries(entries).map(([out, file]) => ({ in: file, out }));
  const built = await Promise.all([
    // Each command loads its own part.
    build({ ...options, entryPoints: entryPoints(COMMANDS), splitting: true }),
    build({ ...options, entryPoints: entryPoints(THREADS) }),
  ]);
  removeAllBut(built.flatMap(({ metafile }) => Object.keys(metafile.outputs)));
}

/**
 * The parts of the command line have other names with each change. Those of before go only now: a server that runs starts
 * threads from here at any time.
 */
function removeAllBut(outputs) {
  const kept = new Set(outputs.map((file) => path.basename(file)));
  const dist = path.join(root, 'dist');
  for (const name of readdirSync(dist)) if (!kept.has(name)) rmSync(path.join(dist, name), { force: true });
}

function buildPages() {
  const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const result = spawnSync(process.execPath, [next, 'build'], { cwd: root, env, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`next build failed:\n${result.stdout}\n${result.stderr}`);
}

/** Over the names of files and what `look` tells of each. */
function digest(files, look) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files)
    hash.update(path.relative(root, file)).update('\0').update(look(file)).update('\0');
  return hash.digest('hex');
}

/** Set by the system at every change, and by no tool. */
function lastChange(file) {
  const { size, ctimeMs } = statSync(file);
  return `${size} ${ctimeMs}`;
}

/** All source files below a place; tests do not count. */
function filesBelow(place) {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
