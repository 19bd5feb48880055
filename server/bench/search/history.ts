import path from 'node:path';
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import type { Core } from '../../core';
import { openBenchRouter } from '../publish';
import { searchRows } from './events';

/** Events of the history that searches are measured on. */
export const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 10_000_000);
const BATCH = 20_000;
/** What runs add to it may make up so much before it counts as another history. */
const GROWN = 1.1;

/** The folder of the made history: kept, so that the next run uses it again. */
export function historyFolder(): string {
  const folder = process.env['BENCH_HISTORY'] ?? path.join(os.tmpdir(), `ringside-search-${String(EVENTS)}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Opens the history and makes what it lacks; `told` hears how far it is. */
export async function openSearchHistory(told: (line: string) => void): Promise<Core> {
  const core = await openBenchRouter(historyFolder());
  const begun = performance.now();
  const first = core.history.headSeq;
  if (first > EVENTS * GROWN)
    told(
      `${first.toLocaleString('en-GB')} events: each run beside new events made it longer, so its figures are not those of ` +
        `${EVENTS.toLocaleString('en-GB')}. Remove ${historyFolder()} to have a new one made.`,
    );
  for (let from = first; from < EVENTS; from = core.history.headSeq) {
    await core.router.importRows([...searchRows(from, Math.min(BATCH, EVENTS - from))]);
    const rate = ((core.history.headSeq - first) / (performance.now() - begun)) * 1_000;
    if (core.history.headSeq % (BATCH * 25) === 0)
      told(
        `${core.history.headSeq.toLocaleString('en-GB')} events, ${Math.round(rate).toLocaleString('en-GB')}/s`,
      );
  }
  return core;
}
