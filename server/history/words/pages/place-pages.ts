import { COLUMN_MARK, HEADER, TermPages } from './term-pages';
import { varint } from './varint';

/** A place tells position and column: the lowest bits are the column's. The next word's place is one step on. */
const COLUMN_BITS = 3;
export const STEP = 2 ** COLUMN_BITS;
/** Its words are not searched. */
export const CATEGORY_COLUMN = 1;

/**
 * Is told of an event, by its place among the bits that are asked for, and of where the word stands: the first `count` of the
 * places, which are written over afterwards.
 */
export type Found = (spot: number, places: Int32Array, count: number) => void;

/** Tells where in some events a word stands, or any word that begins so; not in names of categories. */
export class PlacePages extends TermPages {
  /** The positions so far of an event whose list goes on on the next page. */
  #cut: Uint8Array | null = null;
  #cutSpot = 0;
  #places = new Int32Array(256);

  /** @param among a bit for each seq from `low` on that is asked for */
  constructor(
    key: Uint8Array,
    prefix: boolean,
    private readonly among: Uint32Array,
    private readonly low: number,
    private readonly found: Found,
  ) {
    super(key, prefix);
  }

  override jump(): void {
    super.jump();
    this.#cut = null;
  }

  protected override list(bytes: Uint8Array, to: number, first: boolean): void {
    const { place, among, low } = this;
    const end = among.length * 32;
    let [at, spot] = [place.at, first ? -low : this.seq - low];
    while (at < to) {
      let distance = bytes[at] ?? 0;
      if (distance < 0x80) at += 1;
      else {
        place.at = at;
        distance = varint(bytes, place);
        at = place.at;
      }
      spot += distance;
      let size = bytes[at] ?? 0;
      if (size < 0x80) at += 1;
      else {
        place.at = at;
        size = varint(bytes, place);
        at = place.at;
      }
      // The lowest bit tells of a removal.
      const next = at + (size >>> 1);
      if (spot >= 0 && spot < end && ((among[spot >>> 5] ?? 0) & (1 << (spot & 31))) !== 0) {
        if (next <= to) this.#tell(spot, bytes, at, next);
        else [this.#cut, this.#cutSpot] = [bytes.slice(at, to), spot];
      }
      at = next;
    }
    this.seq = spot + low;
    this.left = Math.max(0, at - to);
  }

  protected override goOn(bytes: Uint8Array, to: number, last: boolean): void {
    if (this.#cut === null) return;
    const all = new Uint8Array(this.#cut.length + to - HEADER);
    all.set(this.#cut);
    all.set(bytes.subarray(HEADER, to), this.#cut.length);
    this.#cut = last ? null : all;
    if (last) this.#tell(this.#cutSpot, all, 0, all.length);
  }

  #tell(spot: number, bytes: Uint8Array, from: number, to: number): void {
    // Each takes a byte at least.
    if (to - from > this.#places.length) this.#places = new Int32Array(2 * (to - from));
    const { place } = this;
    const places = this.#places;
    let [at, column, position, count] = [from, 0, 0, 0];
    while (at < to) {
      let value = bytes[at] ?? 0;
      if (value < 0x80) at += 1;
      else {
        place.at = at;
        value = varint(bytes, place);
        at = place.at;
      }
      if (value === COLUMN_MARK) {
        // There are fewer of them than a byte tells.
        column = bytes[at] ?? 0;
        at += 1;
        position = 0;
        continue;
      }
      // Distances are written two greater, so that none is a mark.
      position += value - 2;
      if (column !== CATEGORY_COLUMN) places[count++] = (position << COLUMN_BITS) | column;
    }
    if (count > 0) this.found(spot, places, count);
  }
}
