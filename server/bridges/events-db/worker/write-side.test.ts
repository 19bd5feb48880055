import { expect, it } from 'vitest';
import type { LogWriter } from './log-writer';
import type { Opener } from './opener';
import type { Tuning } from './protocol';
import { WriteSide } from './write-side';

const TUNING = { checkMs: 250, heartbeatMs: 30_000, ackMs: 1_000 } as Tuning;

/** A file that takes the beat and not what stands in `refused`. */
class TornFile {
  openings = 0;

  constructor(public refused: 'ack' | 'insert' | null) {}

  readonly opener = {
    openWriter: () => {
      this.openings++;
      return this.writer();
    },
  } as unknown as Opener;

  writer(): LogWriter {
    const refuse = (what: string): void => {
      if (this.refused === what) throw Object.assign(new Error('no'), { code: 'SQLITE_FULL' });
    };
    return {
      heartbeat: () => undefined,
      ack: () => refuse('ack'),
      insert: () => {
        refuse('insert');
        return [];
      },
      close: () => undefined,
    } as unknown as LogWriter;
  }
}

it.each(['ack', 'insert'] as const)(
  'tells a trouble once, and its end only when what failed (%s) was written',
  (what) => {
    const file = new TornFile(what);
    const told: (string | undefined)[] = [];
    const side = new WriteSide(file.opener, TUNING, () => told.push(side.trouble?.kind));
    const none = { readRowId: 0, backfill: null } as Parameters<WriteSide['opened']>[2];
    side.opened(file.writer(), null, none, 0);
    side.confirmed({ ...none, readRowId: 3 });
    let now = 0;
    const go = (): void => {
      side.upkeep((now += 10));
      try {
        side.insert([], now);
      } catch {
        // Told by the side itself.
      }
    };
    for (let turn = 0; turn < 10_000 && file.openings < 4; turn++) go();
    expect(file.openings).toBe(4);
    expect(told).toEqual([side.trouble?.kind]);
    file.refused = null;
    for (let turn = 0; turn < 10_000 && side.trouble; turn++) go();
    expect(told).toHaveLength(2);
  },
);
