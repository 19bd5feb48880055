import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { benchFacets } from './facets';
import { benchFair } from './fair';
import { beGreedy } from './greedy';
import { benchExport } from './export';
import { benchImport } from './import';
import { benchPublish, hasMeasured } from './publish';
import { missed } from './measure';
import { rawInserts } from './raw';
import { benchHard, benchSearch } from './search';
import { benchStart } from './start';

/**
 * `npm run bench [part …]`: what this build does on this machine, each figure beside the machine's own limit of the same
 * run, because machines are shared and noisy. With `--strict` a missed bar is a failure.
 */
const PARTS: Record<string, (folder: string) => Promise<string[]> | string[]> = {
  raw: rawInserts,
  publish: benchPublish,
  import: benchImport,
  export: benchExport,
  fair: benchFair,
  start: benchStart,
  facets: benchFacets,
  search: benchSearch,
  counts: benchHard,
};

async function main(): Promise<void> {
  const strict = process.argv.includes('--strict');
  const wanted = process.argv.slice(2).filter((name) => name !== '--strict');
  const unknown = wanted.filter((name) => !(name in PARTS));
  if (unknown.length > 0)
    throw new Error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  process.stdout.write(
    `Node ${process.version}, ${os.cpus().length} cores, load ${os.loadavg()[0]?.toFixed(2) ?? '?'}\n`,
  );
  for (const [name, part] of Object.entries(PARTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const folder = mkdtempSync(path.join(process.env['BENCH_DIR'] ?? os.tmpdir(), 'ringside-bench-'));
    try {
      for (const line of await part(folder)) process.stdout.write(`${line}\n`);
    } finally {
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    }
  }
  if (missed.length > 0) process.stdout.write(`missed: ${missed.join('; ')}\n`);
  if (strict && missed.length > 0) process.exitCode = 1;
}

if (!(await hasMeasured()) && !(await beGreedy())) await main();
