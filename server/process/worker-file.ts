import { mkdir, rename } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bundled = new Map<string, Promise<string>>();

/**
 * Path of a worker's JavaScript. In the built server that is `<name>.js` beside the bundle that asks. When TypeScript
 * sources run directly (tests), Node cannot load the worker's source, so it is bundled once per process into a cache.
 *
 * `name` is the source's file name without its ending (`bridge.worker`); the source stands beside the asking module.
 */
export function workerFile(name: string, importMetaUrl: string): Promise<string> {
  const here = dirname(fileURLToPath(importMetaUrl));
  const built = join(here, `${name}.js`);
  if (importMetaUrl.endsWith('.js') && existsSync(built)) return Promise.resolve(built);
  const source = join(here, `${name}.ts`);
  let path = bundled.get(source);
  if (!path) {
    path = bundle(name, source);
    bundled.set(source, path);
  }
  return path;
}

/** Bundles into a name of its own and renames: processes that bundle at the same time never read half a file. */
async function bundle(name: string, source: string): Promise<string> {
  const folder = join(rootOf(dirname(source)), 'node_modules', '.cache', 'ringside-workers');
  await mkdir(folder, { recursive: true });
  // Loaded here only: the built server never needs the bundler.
  const { build } = await import('esbuild');
  const target = join(folder, `${name}.js`);
  const draft = join(folder, `${name}.${String(process.pid)}.draft.js`);
  await build({
    entryPoints: [source],
    outfile: draft,
    bundle: true,
    // Packages within, as in the built server: each thread would look up a hundred files of them otherwise.
    external: ['better-sqlite3'],
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
  });
  await rename(draft, target);
  return target;
}

/** The nearest folder upwards that has a `package.json`. */
function rootOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (at === dirname(at)) throw new Error(`No package.json above ${folder}: run from a checkout.`);
  }
}
