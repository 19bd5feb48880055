import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '../../../db/client';
import { readConfig } from '../../config';
import { claimInstance } from '../../process/instance-lock';
import { CliError } from '../common/cli-error';

const megabytes = (file: string): string => `${(statSync(file).size / 1e6).toFixed(1)} MB`;

/**
 * Rewrites the history without its free space, and so that later free space is given back as it comes. Needs the server
 * stopped, and as much free disk as the history holds. Throws CliError when there is no history.
 */
export function compact(): void {
  const { dataDir } = readConfig(process.env);
  const file = path.join(dataDir, 'ringside.db');
  if (!existsSync(file)) throw new CliError(`there is no history in ${dataDir}: set RINGSIDE_DATA_DIR`);
  const claim = claimInstance(dataDir);
  try {
    const before = megabytes(file);
    const db = openDatabase(file);
    try {
      db.pragma('auto_vacuum = INCREMENTAL');
      db.exec('VACUUM');
      db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      db.close();
    }
    process.stdout.write(`compacted ${file}: ${before} before, ${megabytes(file)} now\n`);
  } finally {
    claim.release();
  }
}
