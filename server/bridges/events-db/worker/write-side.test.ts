import { expect, it } from 'vitest';
import type { LogWriter } from './log-writer';
import type { Opener } from './opener';
import type { Tuning } from './protocol';
import { WriteSide } from './write-side';

const TUNING = { checkMs: 250, heartbeatMs: 30_000, ackMs: 1_000 } as Tuning;

/** A file of which some pages can be written and those of the acks cannot, until `whole`. */
class TornFile {
  whole = false;
  openings = 0;

  readonly opener = {
    openWriter: () => {
      this.openings++;
      return this.writer();
    },
  } as unknown as Opener;

  writer(): LogWriter {
    return {
      heartbeat: () => undefined,
      ack: () => {
        if (!this.whole) throw Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' });
      },
      close: () => undefined,
    } as unknown as LogWriter;
  }
}

it('tells a trouble once, and its end only when a beat and the acks were written', () => {
  const file = new TornFile();
  const told: (string | undefined)[] = [];
  const side = new WriteSide(file.opener, TUNING, () => told.push(side.trouble?.kind));
  const none = { readRowId: 0, backfill: null } as Parameters<WriteSide['opened']>[2];
  side.opened(file.writer(), null, none, 0);
  side.confirmed({ ...none, readRowId: 3 });
  let now = 0;
  while (file.openings < 4) side.upkeep((now += 10));
  expect(told).toEqual([side.trouble?.kind]);
  file.whole = true;
  while (side.trouble) side.upkeep((now += 10));
  expect(told).toHaveLength(2);
});
