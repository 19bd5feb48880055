import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { FileLock } from '../../db/file-lock';
import { ConfigError } from '../config';

/** Who serves a data folder, for commands that would otherwise write beside it. */
export interface Instance {
  readonly pid: number;
  readonly host: string;
  /** 0 while it does not listen: a server that is starting, or a command that works on the folder itself. */
  readonly port: number;
}

const FILE = 'server.json';
/** Who holds it has the folder; the other file only says who that is. */
const LOCK = 'server.lock';
/** A process that was killed a moment ago may not be gone yet, milliseconds. */
const DYING_MS = 2_000;

/** The running server of this data folder; null when there is none (a file left behind by a crash does not count). */
export function runningInstance(dataDir: string): Instance | null {
  return isHeld(path.join(dataDir, LOCK)) ? readInstance(dataDir) : null;
}

function isHeld(file: string): boolean {
  if (!existsSync(file)) return false;
  const lock = FileLock.take(file, 0);
  lock?.release();
  return lock === null;
}

/** What stands in the file; null for none, and for one that a crash cut off. */
function readInstance(dataDir: string): Instance | null {
  try {
    return JSON.parse(readFileSync(path.join(dataDir, FILE), 'utf8')) as Instance;
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
  createFolder(dataDir);
  const file = path.join(dataDir, FILE);
  const lock = writing(dataDir, () => {
    // SQLite's own errors do not say what is wrong with a folder.
    accessSync(dataDir, constants.W_OK);
    return FileLock.take(path.join(dataDir, LOCK), DYING_MS);
  });
  if (lock === null) throw taken(dataDir, readInstance(dataDir));
  const say = (address: { host: string; port: number }): void =>
    writeFileSync(file, JSON.stringify({ pid: process.pid, ...address }));
  writing(dataDir, () => say({ host: '', port: 0 }));
  return {
    announce: say,
    release: () => {
      rmSync(file, { force: true });
      lock.release();
    },
  };
}

function createFolder(dataDir: string): void {
  try {
    // Node never comes back from making folders with their parents where the system does not let it (/proc).
    const recursive = !existsSync(path.dirname(dataDir));
    if (!isFolder(dataDir)) mkdirSync(dataDir, { recursive });
  } catch (error) {
    throw new ConfigError(
      `cannot create the data folder ${dataDir} (${reason(error)}): choose another with RINGSIDE_DATA_DIR`,
    );
  }
}

const isFolder = (place: string): boolean =>
  statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;

function taken(dataDir: string, other: Instance | null): ConfigError {
  const who = other === null ? '' : ` (process ${other.pid})`;
  return new ConfigError(
    `another Ringside${who} already uses ${dataDir}: stop it, or set RINGSIDE_DATA_DIR to another folder`,
  );
}

function writing<Result>(dataDir: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const full = /^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(reason(error));
    throw new ConfigError(
      `cannot write into the data folder ${dataDir} (${reason(error)}): ${full ? 'free some space on its disk' : 'make it writable'}, or choose another with RINGSIDE_DATA_DIR`,
    );
  }
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
