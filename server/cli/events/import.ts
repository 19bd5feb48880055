import { readConfig } from '../../config';
import { openCore } from '../../core';
import { claimInstance } from '../../process/instance-lock';
import { createLog } from '../../process/log';
import { sniff, type SniffedFile } from '../../ndjson/open-file';
import { CliError } from '../common/cli-error';
import { DatabaseFile, importDatabase } from './import-db';
import { importNdjson } from './import-ndjson';
import { runningUrl, serverTarget, type ImportTarget } from '../common/target';

/**
 * Imports an events.db or an NDJSON export, gzipped or not. Events that history has already are recognised, so a second
 * import adds nothing.
 */
export async function importFile(file: string): Promise<void> {
  const found = await sniffed(file);
  // A damaged database is told as such.
  const database = found.sqlite || /\.db(\.gz)?$/.test(file);
  if (!database) return withTarget((target) => importNdjson(file, found.gzipped, target));
  const source = new DatabaseFile(file);
  try {
    await withTarget((target) => importDatabase(source, target));
  } finally {
    await source.close();
  }
}

async function sniffed(file: string): Promise<SniffedFile> {
  try {
    return await sniff(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = code === 'ENOENT' ? 'does not exist: check the path' : `cannot be read (${code})`;
    throw new CliError(`${file} ${why}`);
  }
}

async function withTarget(work: (target: ImportTarget) => Promise<void>): Promise<void> {
  const config = readConfig(process.env);
  const url = runningUrl(config);
  if (url) {
    await work(serverTarget(url));
    return;
  }
  const claim = claimInstance(config.dataDir);
  try {
    const core = await openCore(config, createLog('warn'));
    try {
      await work({ core });
    } finally {
      await core.close();
    }
  } finally {
    claim.release();
  }
}
