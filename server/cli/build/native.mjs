// Compiles better-sqlite3, the one native package: where it is missing, and where it would crash.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const build = path.join(
  path.dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json')),
  'build',
);
const binary = path.join(build, 'Release', 'better_sqlite3.node');
const header = fileURLToPath(new URL('object-wrap.h', import.meta.url));
/** Says that it was compiled with our header; a build by npm removes it. */
const stamp = path.join(build, '.ringside');

/**
 * Takes a minute and a half of one core, or nothing. With `RINGSIDE_NO_BUILD=1` it takes what is there, as `ensureBuilt` does.
 * @throws Error where it does not compile, with what the compiler said
 */
export async function ensureSqlite() {
  if (process.env.RINGSIDE_NO_BUILD === '1') return;
  const crashes = existsSync(binary) && hasCleanupHooks();
  if (existsSync(binary) && !crashes) return;
  const why = crashes ? 'what was compiled would crash (nodejs/node#65446)' : 'its binary is missing';
  process.stderr.write(`compiling better-sqlite3 for Node ${process.versions.node}: ${why} …\n`);
  // What is there afterwards was made now.
  rmSync(build, { recursive: true, force: true });
  const CXXFLAGS = `${process.env.CXXFLAGS ?? ''} -include "${header}"`;
  try {
    await promisify(execFile)('npm', ['rebuild', 'better-sqlite3'], {
      env: { ...process.env, JOBS: 'max', CXXFLAGS },
      maxBuffer: 2 ** 26,
    });
  } catch ({ message, stdout, stderr }) {
    throw new Error(`better-sqlite3 does not compile: ${message}\n${stdout}${stderr}`);
  }
  if (!existsSync(binary))
    throw new Error('npm rebuild has made no better-sqlite3: does npm run install scripts here?');
  writeFileSync(stamp, '');
}

/** Whether it was compiled here, against headers of a Node that ends the process when a statement is collected. */
function hasCleanupHooks() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  const config = path.join(build, 'config.gypi');
  // From 26 on Node finds the hook without a context; a prebuilt binary has no configuration.
  if (major < 22 || major >= 26 || existsSync(stamp) || !existsSync(config)) return false;
  const [, nodedir] = /"nodedir": "([^"]*)"/.exec(readFileSync(config, 'utf8')) ?? [];
  const wrap = path.join(nodedir ?? '', 'include', 'node', 'node_object_wrap.h');
  return existsSync(wrap) && readFileSync(wrap, 'utf8').includes('AddCleanupHook');
}
