import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

interface Build {
  ensureBuilt(what: { pages: boolean }): Promise<void>;
}

const HOUSE = path.resolve(import.meta.dirname, '..', '..', '..');
const THREADS = [
  'server/history/writer.worker.ts',
  'server/history/reader.worker.ts',
  'server/bridges/events-db/bridge.worker.ts',
  'server/simulator/demo/demo.worker.ts',
  'server/bench/bench.ts',
];
let house: string;
let build: Build;
const said: string[] = [];

/** A house of a few lines, built by the same script: what it builds is where it stands. */
beforeEach(async () => {
  house = realpathSync(mkdtempSync(path.join(tmpdir(), 'ringside-build-')));
  for (const file of THREADS) source(file, 'export {};');
  source('server/cli/part.ts', "export const part = 'one';");
  source('server/cli/cli.ts', "export const main = () => import('./part');");
  symlinkSync(path.join(HOUSE, 'node_modules'), path.join(house, 'node_modules'));
  const script = path.join(house, 'server', 'cli', 'build', 'build.mjs');
  cpSync(path.join(import.meta.dirname, 'build.mjs'), script, { recursive: true });
  build = (await import(pathToFileURL(script).href)) as Build;
  said.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  vi.stubEnv('RINGSIDE_NO_BUILD', '');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(house, { recursive: true, force: true });
});

function source(file: string, text: string): void {
  const place = path.join(house, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
}

const dist = (...name: string[]): string => path.join(house, 'dist', ...name);
const parts = (): string[] => readdirSync(dist()).filter((name) => /^part-.*\.js$/.test(name));
const built = async (): Promise<boolean> => {
  said.length = 0;
  await build.ensureBuilt({ pages: false });
  return said.length > 0;
};

it('builds once, and again what was changed or whose stamp is gone', async () => {
  expect([await built(), await built()]).toEqual([true, false]);
  expect(existsSync(dist('cli.js'))).toBe(true);
  source('server/cli/part.ts', "export const part = 'two';");
  expect([await built(), await built()]).toEqual([true, false]);
  rmSync(dist('.sources'));
  expect([await built(), await built()]).toEqual([true, false]);
  // Written anew, and the same as before.
  source('server/cli/part.ts', "export const part = 'two';");
  expect(await built()).toBe(false);
});

it('takes away the parts of before, and nothing else that a running server starts threads from', async () => {
  await built();
  const before = parts();
  expect(before).toHaveLength(1);
  source('server/cli/part.ts', "export const part = 'two';");
  await built();
  const after = parts();
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
  for (const thread of THREADS) expect(existsSync(dist(`${path.basename(thread, '.ts')}.js`))).toBe(true);
});

it('takes what is there where it must not build, and says so where there are no pages', async () => {
  vi.stubEnv('RINGSIDE_NO_BUILD', '1');
  expect(await built()).toBe(false);
  expect(existsSync(dist())).toBe(false);
  await expect(build.ensureBuilt({ pages: true })).rejects.toMatchObject({
    ...{ name: 'CliError' },
    message: 'RINGSIDE_NO_BUILD is 1 and there are no built pages: run `npm run build`',
  });
  mkdirSync(path.join(house, '.next'));
  writeFileSync(path.join(house, '.next', 'BUILD_ID'), 'a');
  await expect(build.ensureBuilt({ pages: true })).resolves.toBeUndefined();
});
