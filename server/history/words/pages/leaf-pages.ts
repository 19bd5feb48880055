import type { SeqSet } from '../seq-set';
import { COLUMN_MARK, TermPages } from './term-pages';
import { varint, type Place } from './varint';

/** Which column's words do not count; -1 for none. */
export const NO_COLUMN = -1;

/** Reads which events hold a word, or any word that begins so. */
export class LeafPages extends TermPages {
  /** The last event's positions so far were all in the column that does not count. */
  #open = false;
  #column = 0;

  constructor(
    key: Uint8Array,
    prefix: boolean,
    private readonly without: number,
    private readonly into: SeqSet,
  ) {
    super(key, prefix);
  }

  protected override goOn(bytes: Uint8Array, to: number): void {
    if (this.#open) this.#positions(bytes, to);
  }

  /**
   * A word in millions takes as long as this loop: mostly the first position tells that the event counts. The same walk stands
   * in `PlacePages`: one for both, which calls for each event, takes up to 40 % longer.
   */
  protected override list(bytes: Uint8Array, to: number, first: boolean): void {
    const { place, without } = this;
    const { bits, low } = this.into;
    const [end, any] = [bits.length * 32, without === NO_COLUMN];
    // The seq counted from the first that the set can hold.
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
      const told = any || (next > at && at + 1 < to && firstColumn(bytes, at) !== without);
      if (told) {
        if (spot >= 0 && spot < end) bits[spot >>> 5] = (bits[spot >>> 5] ?? 0) | (1 << (spot & 31));
      } else {
        this.seq = spot + low;
        this.#open = true;
        this.#column = 0;
        place.at = at;
        this.#positions(bytes, Math.min(next, to));
      }
      at = next;
    }
    this.seq = spot + low;
    this.left = Math.max(0, at - to);
  }

  /** Takes the event in where one of its positions counts. */
  #positions(bytes: Uint8Array, to: number): void {
    const { place } = this;
    while (this.#open && place.at < to) {
      const value = varint(bytes, place);
      if (value === COLUMN_MARK) this.#column = varint(bytes, place);
      else if (this.#column !== this.without) {
        this.into.add(this.seq);
        this.#open = false;
      }
    }
  }
}

/** The column of the first of an event's positions. */
const firstColumn = (bytes: Uint8Array, at: number): number =>
  bytes[at] === COLUMN_MARK ? (bytes[at + 1] ?? 0) : 0;

/** The words of a page that begin so; `goesOn`: the last word of the page is one of them, and its list may go on behind it. */
export function wordsOn(
  bytes: Buffer,
  key: Buffer,
): { readonly words: readonly Buffer[]; readonly goesOn: boolean } {
  const footer: Place = { at: bytes.readUInt16BE(2) };
  const words: Buffer[] = [];
  // Letters that the last word has in common with the key; where it begins so, the word.
  let [at, common, last] = [0, 0, null as Buffer | null];
  for (let first = true; footer.at < bytes.length; first = false) {
    at += varint(bytes, footer);
    const place: Place = { at };
    const shared = first ? 0 : varint(bytes, place);
    const length = varint(bytes, place);
    const rest = bytes.subarray(place.at, place.at + length);
    if (shared <= common)
      for (common = shared; common < key.length && rest[common - shared] === key[common];) common += 1;
    const begins = common === key.length;
    if (!begins && words.length > 0) return { words, goesOn: false };
    last = begins ? Buffer.concat([(last ?? key).subarray(0, shared), rest]) : null;
    if (last) words.push(last);
  }
  return { words, goesOn: last !== null };
}
