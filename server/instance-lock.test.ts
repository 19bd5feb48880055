import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './config';
import { claimInstance, runningInstance } from './instance-lock';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-lock-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

/** No process has this id: above what any kernel gives out. */
const DEAD = 2 ** 30;
const file = (): string => path.join(folder, 'server.json');
const leave = (text: string): void => writeFileSync(file(), text);
const other = (pid: number): string => JSON.stringify({ pid, host: '127.0.0.1', port: 4000 });

describe('claimInstance', () => {
  it('creates the folder, and its release leaves nothing behind', () => {
    const inner = path.join(folder, 'a', 'b');
    const claim = claimInstance(inner);
    expect(existsSync(path.join(inner, 'server.json'))).toBe(true);
    claim.release();
    expect(existsSync(path.join(inner, 'server.json'))).toBe(false);
  });

  it('refuses a folder that a living process has, and leaves its file alone', () => {
    leave(other(process.ppid));
    expect(() => claimInstance(folder)).toThrow(ConfigError);
    expect(() => claimInstance(folder)).toThrow(new RegExp(`process ${process.ppid}.*RINGSIDE_DATA_DIR`));
    expect(runningInstance(folder)).toMatchObject({ pid: process.ppid, port: 4000 });
  });

  it.each([
    ['of a process that is gone', other(DEAD)],
    ['of a process whose number we have now', other(process.pid)],
    ['that was cut off', '{"pid": 1'],
    ['that is empty', ''],
    ['that says nonsense', '{"pid": "x"}'],
  ])('takes over a file %s', (_what, text) => {
    leave(text);
    expect(runningInstance(folder)).toBeNull();
    claimInstance(folder).release();
  });

  it('says what to do about a folder that cannot be made', () => {
    leave('');
    expect(() => claimInstance(path.join(file(), 'inner'))).toThrow(
      /^cannot create the data folder .*RINGSIDE_DATA_DIR$/,
    );
  });

  it.runIf(process.getuid?.() !== 0)('says what to do about a folder that cannot be written', () => {
    chmodSync(folder, 0o500);
    expect(() => claimInstance(folder)).toThrow(/^cannot write into the data folder .*RINGSIDE_DATA_DIR$/);
  });
});
