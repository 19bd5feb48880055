import type { SeqSet } from './seq-set';
import { varint, type Place } from './varint';

/** Which column's words do not count; -1 for none. */
export const NO_COLUMN = -1;
const HEADER = 4;
/** In a list of positions: a column's number follows. */
const COLUMN_MARK = 1;

/** Reads the lists of one word, or of all words that begin so, from consecutive leaf pages of one segment. */
export class LeafPages {
  /** Letters at the start of the last word that are those of the key. */
  #common = 0;
  /** The list that is being read belongs to the key. */
  #wanted = false;
  #seq = 0;
  /** Bytes of positions that go on on the next page. */
  #left = 0;
  /** The last event's positions so far were all in the column that does not count. */
  #open = false;
  #column = 0;
  readonly #place: Place = { at: 0 };
  #done = false;

  /** @param key the word as the index holds it */
  constructor(
    private readonly key: Uint8Array,
    private readonly prefix: boolean,
    private readonly without: number,
    private readonly into: SeqSet,
  ) {}

  /** True once the word, and all that begin so, lie behind. */
  ended(): boolean {
    return this.#done;
  }

  page(bytes: Uint8Array): void {
    const end = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
    const place = this.#place;
    let footer = end;
    const nextTerm = (before: number): number => {
      if (footer >= bytes.length) return end;
      place.at = footer;
      const offset = before + varint(bytes, place);
      footer = place.at;
      return offset;
    };
    let at = nextTerm(0);
    if (this.#wanted) this.#continue(bytes, at);
    for (let first = true; at < end && !this.ended(); first = false) {
      const next = nextTerm(at);
      place.at = at;
      this.#term(bytes, first);
      if (this.#wanted) this.#list(bytes, next, true);
      at = next;
    }
  }

  /** What goes on from the page before. */
  #continue(bytes: Uint8Array, to: number): void {
    const place = this.#place;
    place.at = HEADER;
    if (this.#left > 0) {
      const here = Math.min(this.#left, to - HEADER);
      if (this.#open) this.#positions(bytes, HEADER + here);
      place.at = HEADER + here;
      this.#left -= here;
    }
    if (place.at < to) this.#list(bytes, to, true);
  }

  /** The word at the place; stands behind it afterwards. */
  #term(bytes: Uint8Array, first: boolean): void {
    const place = this.#place;
    const { key } = this;
    const shared = first ? 0 : varint(bytes, place);
    const length = varint(bytes, place);
    const from = place.at;
    place.at = from + length;
    if (shared <= this.#common) {
      let common = shared;
      while (common < key.length && common - shared < length && bytes[from + common - shared] === key[common])
        common += 1;
      this.#common = common;
      const differs = common < key.length && common - shared < length;
      if (differs && (bytes[from + common - shared] ?? 0) > (key[common] ?? 0)) this.#done = true;
    }
    const begins = this.#common === key.length;
    this.#wanted = begins && (this.prefix || shared + length === key.length);
    if (begins && !this.prefix && shared + length > key.length) this.#done = true;
  }

  /**
   * Events and their positions up to an offset; the first seq of a list and of a page is written out, the others as distances.
   * A word in millions takes as long as this loop: mostly the first position tells that the event counts.
   */
  #list(bytes: Uint8Array, to: number, first: boolean): void {
    const place = this.#place;
    const { without } = this;
    const { bits, low } = this.into;
    const [end, any] = [bits.length * 32, without === NO_COLUMN];
    // The seq counted from the first that the set can hold.
    let [at, spot] = [place.at, first ? -low : this.#seq - low];
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
        this.#seq = spot + low;
        this.#open = true;
        this.#column = 0;
        place.at = at;
        this.#positions(bytes, Math.min(next, to));
      }
      at = next;
    }
    this.#seq = spot + low;
    this.#left = Math.max(0, at - to);
  }

  /** Takes the event in where one of its positions counts. */
  #positions(bytes: Uint8Array, to: number): void {
    const place = this.#place;
    while (this.#open && place.at < to) {
      const value = varint(bytes, place);
      if (value === COLUMN_MARK) this.#column = varint(bytes, place);
      else if (this.#column !== this.without) {
        this.into.add(this.#seq);
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
