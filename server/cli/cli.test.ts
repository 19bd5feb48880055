import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { claimInstance } from '../process/instance-lock';
import { main } from './cli';

let folder: string;
let told: string;
let failed: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ringside-cli-'));
  vi.stubEnv('RINGSIDE_DATA_DIR', folder);
  [told, failed] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    told += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    failed += String(text);
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

async function ringside(...words: string[]): Promise<{ code: unknown; told: string; failed: string }> {
  [told, failed, process.exitCode] = ['', '', undefined];
  await main(['node', 'ringside', ...words], () => Promise.resolve());
  return { code: process.exitCode, told, failed };
}

it.each([
  [['nonsense'], "unknown command 'nonsense'"],
  [['import'], "missing required argument 'file'"],
  [['compact', 'x'], "too many arguments for 'compact'. Expected 0 arguments but got 1."],
  [['publish', 'a', '{}', '--sourc', 'x'], "unknown option '--sourc' (Did you mean --source?)"],
  [['keys', 'create', '--name', 'a'], "required option '--role <role>' not specified"],
])('%j is answered in one line', async (words, line) => {
  expect(await ringside(...words)).toEqual({ code: 1, told: '', failed: `ringside: ${line}\n` });
});

it('lets a reader of its output leave, as `head` does', async () => {
  await ringside('keys', '--help');
  const left = (code: string) => () => process.stdout.emit('error', Object.assign(new Error(code), { code }));
  expect(left('EPIPE')).not.toThrow();
  expect(left('EIO')).toThrow('EIO');
});

it('sends nothing on that would become null on its way', async () => {
  expect(await ringside('publish', 'a', '{"n":1e999}')).toEqual({
    code: 1,
    told: '',
    failed: 'ringside: The payload holds Infinity, which is not JSON.\n',
  });
  expect(await readdir(folder), 'nor asks where to').toEqual([]);
});

it('an export that is interrupted before the server answers is no error of the server', async () => {
  const claim = claimInstance(folder);
  // It never answers: whoever asks is interrupted.
  const silent = createServer(() => process.emit('SIGINT'));
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  claim.announce({ host: '127.0.0.1', port: (silent.address() as AddressInfo).port });
  expect(await ringside('export')).toEqual({ code: 130, told: '', failed: '' });
  silent.closeAllConnections();
  silent.close();
  claim.release();
});

it('without a server, asks as much of accounts and keys as the server does', async () => {
  expect(await ringside('users', 'invite', 'x')).toEqual({
    code: 1,
    told: '',
    failed: 'ringside: email: give an email address\n',
  });
  const wide = ['--sources', '', '--expires', '30d'];
  expect(await ringside('keys', 'create', '--name', 'a', '--role', 'producer', ...wide)).toEqual({
    code: 1,
    told: '',
    failed: 'ringside: sources: give at least 1 value\n',
  });
});

it('keeps control characters of names from the terminal', async () => {
  expect((await ringside('keys', 'create', '--name', 'b\u001B[2J', '--role', 'viewer')).told).toMatch(
    /^rsk_/,
  );
  expect((await ringside('keys', 'list')).told).toMatch(/^b \[2J {2}viewer {2}rsk_/);
});
