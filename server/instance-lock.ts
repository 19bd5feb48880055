import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from './config';

/** Who serves a data folder, for commands that would otherwise write beside it. */
export interface Instance {
  readonly pid: number;
  readonly host: string;
  /** 0 while it does not listen: a server that is starting, or a command that works on the folder itself. */
  readonly port: number;
}

const FILE = 'server.json';

/** The running server of this data folder; null when there is none (a file left behind by a crash does not count). */
export function runningInstance(dataDir: string): Instance | null {
  try {
    const instance = JSON.parse(readFileSync(path.join(dataDir, FILE), 'utf8')) as Instance;
    return instance.pid !== process.pid && isAlive(instance.pid) ? instance : null;
  } catch {
    return null;
  }
}

export interface Claim {
  /** Says where this process listens, so that commands find it. */
  announce(address: { host: string; port: number }): void;
  release(): void;
}

/**
 * Claims the data folder for this process, creating it when missing. Throws ConfigError when another process has it:
 * history has one writer.
 */
export function claimInstance(dataDir: string): Claim {
  const file = path.join(dataDir, FILE);
  createFolder(dataDir);
  const text = JSON.stringify({ pid: process.pid, host: '', port: 0 });
  if (!create(file, text, dataDir)) {
    refuseWhenTaken(dataDir, runningInstance(dataDir));
    writing(dataDir, () => rmSync(file, { force: true }));
    // Whoever cleared up after the crash a moment earlier has it.
    if (!create(file, text, dataDir)) refuseWhenTaken(dataDir, { pid: 0, host: '', port: 0 });
  }
  return {
    announce: (address) => writeFileSync(file, JSON.stringify({ pid: process.pid, ...address })),
    release: () => rmSync(file, { force: true }),
  };
}

function createFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw new ConfigError(
      `cannot create the data folder ${dataDir} (${reason(error)}): choose another with RINGSIDE_DATA_DIR`,
    );
  }
}

function refuseWhenTaken(dataDir: string, other: Instance | null): void {
  if (!other) return;
  const who = other.pid > 0 ? ` (process ${other.pid})` : '';
  throw new ConfigError(
    `another Ringside${who} already uses ${dataDir}: stop it, or set RINGSIDE_DATA_DIR to another folder`,
  );
}

/** False when the file is there already. `wx` makes two starts at the same moment collide here rather than in the database. */
function create(file: string, text: string, dataDir: string): boolean {
  return writing(dataDir, () => {
    try {
      writeFileSync(file, text, { flag: 'wx' });
      return true;
    } catch (error) {
      if (reason(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

function writing<Result>(dataDir: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new ConfigError(
      `cannot write into the data folder ${dataDir} (${reason(error)}): make it writable, or choose another with RINGSIDE_DATA_DIR`,
    );
  }
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
