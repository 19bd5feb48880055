import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../process/paths';
import { line } from './measure';

/** `ringside import` of the recording, the whole command: start of Node, opening, reading, committing, closing. */
export function benchImport(folder: string): string[] {
  const recording = path.join(projectRoot(), '..', 'shared', 'data', 'recorded-cluster.events.db.gz');
  if (!existsSync(recording))
    return ['import of the recording: left out, the recording is not beside this checkout'];
  const begun = performance.now();
  const result = spawnSync(process.execPath, ['server/cli/ringside.mjs', 'import', recording], {
    cwd: projectRoot(),
    env: { ...process.env, RINGSIDE_DATA_DIR: folder },
    encoding: 'utf8',
  });
  if (result.status !== 0) return [`import of the recording failed: ${result.stderr}`];
  return [
    line(
      'import of the recording (32,874 events), the whole command',
      (performance.now() - begun) / 1000,
      's',
      '< 3 s',
    ),
  ];
}
