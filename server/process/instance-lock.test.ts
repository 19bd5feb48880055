import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../config';
import { claimInstance, runningInstance } from './instance-lock';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-lock-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const file = (): string => path.join(folder, 'server.json');

/** Another process that holds the folder until it is killed; it is named as a server on port 4000. */
async function otherServer() {
  const program = `
    const db = new (require('better-sqlite3'))(${JSON.stringify(path.join(folder, 'server.lock'))});
    db.exec('BEGIN EXCLUSIVE');
    require('node:fs').writeFileSync(${JSON.stringify(file())},
      JSON.stringify({ pid: process.pid, host: '127.0.0.1', port: 4000 }));
    console.log('holds it');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

describe('claimInstance', () => {
  it('creates the folder, says who has it, and frees it again', () => {
    const inner = path.join(folder, 'a', 'b');
    const claim = claimInstance(inner);
    expect(runningInstance(inner)).toEqual({ pid: process.pid, host: '', port: 0 });
    claim.announce({ host: '127.0.0.1', port: 4000 });
    expect(runningInstance(inner)).toEqual({ pid: process.pid, host: '127.0.0.1', port: 4000 });
    claim.release();
    expect(existsSync(path.join(inner, 'server.json'))).toBe(false);
    expect(runningInstance(inner)).toBeNull();
    claimInstance(inner).release();
  });

  it('refuses a folder that another process has, and takes it over once that was killed', async () => {
    const other = await otherServer();
    const isRefusal = (error: unknown): boolean =>
      error instanceof ConfigError &&
      new RegExp(`process ${other.pid}.*RINGSIDE_DATA_DIR`).test(error.message);
    expect(() => claimInstance(folder)).toThrow(expect.toSatisfy(isRefusal));
    expect(runningInstance(folder)).toEqual({ pid: other.pid, host: '127.0.0.1', port: 4000 });
    // At once, as a script would that restarts it: it need not be gone yet.
    other.kill('SIGKILL');
    claimInstance(folder).release();
  });

  it.each([
    ['of a process whose number somebody else has now', JSON.stringify({ pid: process.ppid, port: 4000 })],
    ['that was cut off', '{"pid": 1'],
    ['that is empty', ''],
    ['that says nonsense', '{"pid": "x"}'],
  ])('takes over a file %s', (_what, text) => {
    writeFileSync(file(), text);
    expect(runningInstance(folder)).toBeNull();
    claimInstance(folder).release();
  });

  it('says what to do about a folder that cannot be made', () => {
    writeFileSync(file(), '');
    expect(() => claimInstance(path.join(file(), 'inner'))).toThrow(
      /^cannot create the data folder .*RINGSIDE_DATA_DIR$/,
    );
  });

  it('says so of a folder that no system lets be made, and of a file', () => {
    const made = (place: string) => () => claimInstance(place);
    if (existsSync('/proc/self')) expect(made('/proc/ringside')).toThrow(/^cannot create the data folder/);
    writeFileSync(file(), '');
    expect(made(file())).toThrow(/^cannot create the data folder .*EEXIST/);
  });

  it.runIf(existsSync('/dev/full'))('says what to do about a disk that is full', () => {
    symlinkSync('/dev/full', file());
    expect(() => claimInstance(folder)).toThrow(
      /^cannot write .* \(ENOSPC\): free some space on its disk, or /,
    );
  });

  it.runIf(process.getuid?.() !== 0)('says what to do about a folder that cannot be written', () => {
    chmodSync(folder, 0o500);
    expect(() => claimInstance(folder)).toThrow(/^cannot write into the data folder .*RINGSIDE_DATA_DIR$/);
  });
});
