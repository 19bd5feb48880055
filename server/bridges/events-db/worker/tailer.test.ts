import type { Database } from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { insertRow, openLog, temporaryFolder } from '../bridge.test-support';
import { LogReader } from './log-reader';
import type { Batch } from './protocol';
import { DEFAULT_TUNING } from './protocol';
import { LogReplaced, Tailer } from './tailer';

let place: ReturnType<typeof temporaryFolder>;
let writer: Database;
let reader: LogReader;
let seen: string[];

beforeEach(() => {
  place = temporaryFolder();
  const file = join(place.folder, 'events.db');
  writer = openLog(file);
  reader = new LogReader(file);
  seen = [];
});
afterEach(() => {
  reader.close();
  writer.close();
  place.remove();
});

/** A tailer from a position, or from the first row, and what reading with it until nothing is left brings. */
function tail(after: Tailer | null): Tailer {
  const emit = (batch: Batch): void => void seen.push(...batch.rows.map((row) => row.eventType));
  const options = { tuning: DEFAULT_TUNING, own: new Set<number>(), emit, nextBatch: () => 1 };
  return new Tailer(reader, after?.position ?? null, options);
}

/** Polls as the session does: a log that begins anew is opened again. */
function poll(tailer: Tailer): Tailer {
  try {
    tailer.poll(Date.now());
    tailer.confirm(1);
    return tailer;
  } catch (error) {
    if (!(error instanceof LogReplaced)) throw error;
    return tail(tailer);
  }
}

function beginAnew(): void {
  writer.transaction(() => {
    writer.exec("DELETE FROM events; DELETE FROM sqlite_sequence WHERE name = 'events'");
    for (const type of ['B', 'C', 'D']) insertRow(writer, { type });
  })();
}

/** Runs `change` once, right after the reader's `look`-th look at the file from now on. */
function afterLook(look: number, change: () => void): { readonly came: () => boolean } {
  let looks = 0;
  const counting = <A extends unknown[], R>(method: (...args: A) => R) =>
    function counted(this: LogReader, ...args: A): R {
      const result = method.apply(this, args);
      looks += 1;
      if (looks === look) change();
      return result;
    };
  for (const name of ['dataVersion', 'markAt', 'sequence', 'rows'] as const) {
    const method = reader[name].bind(reader) as (...args: unknown[]) => never;
    vi.spyOn(reader, name).mockImplementation(counting(method));
  }
  return { came: () => looks >= look };
}

describe('a log that begins anew and outgrows the cursor', () => {
  it.each([1, 2, 3, 4])('loses no row when that falls between two looks of one poll (%i)', (look) => {
    insertRow(writer, { type: 'A', at: 1_700_000_000 });
    let tailer = poll(tail(null));
    expect(seen).toEqual(['A']);
    // Something else was written, so that this poll looks at the rows.
    writer.exec('UPDATE events SET payload = \'{"n":1}\'');
    const { came } = afterLook(look, beginAnew);
    for (let polls = 0; polls < 4; polls += 1) tailer = poll(tailer);
    expect(came()).toBe(true);
    expect(seen).toEqual(['A', 'B', 'C', 'D']);
  });
});
