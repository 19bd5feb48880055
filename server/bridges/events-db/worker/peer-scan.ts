import type { PeerReader } from './peer-reader';
import type { Peer, PeerReport } from './protocol';

/** Counts what is pending for one subscriber per step, so that the tail gets its turn in between. */
export class PeerScan {
  readonly #reader: PeerReader;
  readonly #waiting: Peer[];
  readonly #done: Peer[] = [];
  readonly #total: number;
  readonly #newestRowId: number;

  constructor(
    readonly request: number,
    reader: PeerReader,
    newestRowId: number,
  ) {
    this.#reader = reader;
    this.#waiting = reader.peers();
    this.#total = reader.total();
    this.#newestRowId = newestRowId;
  }

  /** The report once every subscriber is counted; null before. `now` in epoch seconds. */
  step(now: number): PeerReport | null {
    const next = this.#waiting.shift();
    if (next !== undefined) this.#done.push(this.#reader.counted(next, now));
    if (this.#waiting.length > 0) return null;
    return { peers: this.#done, total: this.#total, newestRowId: this.#newestRowId, at: now };
  }
}
