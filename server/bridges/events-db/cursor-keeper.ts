import type { BridgeCursor } from '../../history/types';

/**
 * The bridge's cursor and the one turn at saving it. Reading and forwarding each save the whole cursor; without turns, a
 * save that was queued earlier could put the other half back to an older state.
 */
export class CursorKeeper {
  #cursor: BridgeCursor;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(cursor: BridgeCursor) {
    this.#cursor = cursor;
  }

  get cursor(): BridgeCursor {
    return this.#cursor;
  }

  /** Runs `save` with the changed cursor once all earlier saves ended; the change holds only if it succeeds. */
  change(fields: Partial<BridgeCursor>, save: (cursor: BridgeCursor) => Promise<unknown>): Promise<void> {
    const turn = this.#turn.then(async () => {
      const next = { ...this.#cursor, ...fields };
      await save(next);
      this.#cursor = next;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

export function firstCursor(bridge: string): BridgeCursor {
  return { bridge, incarnation: '', readRowId: 0, forwardedSeq: 0, forwardedRowId: 0, backfill: null };
}
