import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { readConfig } from '../../config';
import { CliError } from '../common/cli-error';
import { messageOf } from '../common/target';

/** All pages in one step: SQLite begins a copy anew when somebody writes between two steps, and the server always does. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies the history, as it is at one moment, into a new file; the server may run and goes on writing. The copy has its
 * name only when it is whole, checked and on the disk. Throws CliError, and overwrites nothing.
 */
export async function backup(target: string): Promise<void> {
  const { dataDir } = readConfig(process.env);
  const source = path.join(dataDir, 'ringside.db');
  if (!existsSync(source)) throw new CliError(`there is no history in ${dataDir}: set RINGSIDE_DATA_DIR`);
  refuseToOverwrite(target);
  const part = `${target}.part`;
  createPrivate(part);
  try {
    await copy(source, part);
    const events = verify(part);
    publishFile(part, target);
    const size = (statSync(target).size / 1e6).toFixed(1);
    process.stdout.write(`backed up ${source} to ${target}: ${events} events, ${size} MB, intact\n`);
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${part}${suffix}`, { force: true });
  }
}

function refuseToOverwrite(target: string): void {
  if (existsSync(target)) throw new CliError(`${target} is there already: give the backup another name`);
}

/** For the user alone: it holds the hashes of passwords and keys. */
function createPrivate(part: string): void {
  try {
    closeSync(openSync(part, 'wx', 0o600));
  } catch (error) {
    if (existsSync(part))
      throw new CliError(
        `${part} is there already: another backup writes it, or one was interrupted; remove it then`,
      );
    throw new CliError(`the backup cannot be written: ${messageOf(error)}`);
  }
}

async function copy(source: string, part: string): Promise<void> {
  try {
    const db = new Database(source, { readonly: true });
    try {
      await db.backup(part, { progress: () => ALL_PAGES });
    } finally {
      db.close();
    }
  } catch (error) {
    throw new CliError(`the history ${source} cannot be copied: ${messageOf(error)}`);
  }
}

/** How many events the copy holds. Leaves one file, without a write-ahead log beside it. */
function verify(part: string): number {
  const db = new Database(part);
  try {
    db.pragma('journal_mode = DELETE');
    const found = db.pragma('integrity_check(1)', { simple: true });
    if (found !== 'ok')
      throw new CliError(
        `the copy is damaged (${String(found)}), and so may be the history: run ringside doctor`,
      );
    return db.prepare<[], { n: number }>('SELECT count(*) AS n FROM events').get()?.n ?? 0;
  } finally {
    db.close();
  }
}

function publishFile(part: string, target: string): void {
  flush(part);
  try {
    // A link, not a rename: that would replace a file that came meanwhile.
    linkSync(part, target);
  } catch (error) {
    refuseToOverwrite(target);
    throw new CliError(`the backup cannot be given its name ${target}: ${messageOf(error)}`);
  }
  flush(path.dirname(target));
}

function flush(file: string): void {
  const handle = openSync(file, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
