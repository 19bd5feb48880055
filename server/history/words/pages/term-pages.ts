import { varint, type Place } from './varint';

export const HEADER = 4;
/** In a list of positions: a column's number follows. */
export const COLUMN_MARK = 1;

const firstOffset = (bytes: Uint8Array): number => ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);

/** The first seq that is written out on a page; 0 where there is none. */
export function firstSeq(bytes: Uint8Array): number {
  const at = firstOffset(bytes);
  return at === 0 ? 0 : varint(bytes, { at });
}

/** Goes through consecutive leaf pages of one segment to the lists of one word, or of all words that begin so. */
export abstract class TermPages {
  /** Letters at the start of the last word that are those of the key. */
  #common = 0;
  /** The list that is being read belongs to the key. */
  #wanted = false;
  #done = false;
  #jumps = false;
  protected seq = 0;
  /** Bytes of positions that go on on the next page. */
  protected left = 0;
  protected readonly place: Place = { at: 0 };

  /** @param key the word as the index holds it */
  constructor(
    private readonly key: Uint8Array,
    private readonly prefix: boolean,
  ) {}

  /**
   * Events and their positions from the place on, up to an offset; the first seq of a list and of a page is written out, the
   * others as distances. Leaves `seq` at the last event, and `left` at what of its positions lies beyond.
   */
  protected abstract list(bytes: Uint8Array, to: number, first: boolean): void;
  /** Positions of the last event of the page before, from the place on; `last`: it has no more of them. */
  protected abstract goOn(bytes: Uint8Array, to: number, last: boolean): void;

  /** True once the word, and all that begin so, lie behind. */
  ended(): boolean {
    return this.#done;
  }

  /** The next page is not the one that follows: its list is read from the first event that begins on it. */
  jump(): void {
    this.#jumps = true;
    this.left = 0;
  }

  page(bytes: Uint8Array): void {
    const end = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
    const { place } = this;
    // Distances between the words follow the lists; behind the last word there is none.
    let footer = end;
    let at = end;
    if (footer < bytes.length) {
      place.at = footer;
      at = varint(bytes, place);
      footer = place.at;
    }
    if (this.#wanted) this.#continue(bytes, at);
    for (let first = true; at < end && !this.#done; first = false) {
      let next = end;
      if (footer < bytes.length) {
        const distance = bytes[footer] ?? 0;
        if (distance < 0x80) {
          next = at + distance;
          footer += 1;
        } else {
          place.at = footer;
          next = at + varint(bytes, place);
          footer = place.at;
        }
      }
      place.at = at;
      if (first || !this.#goesOn(bytes)) this.#term(bytes, first);
      if (this.#wanted) this.list(bytes, next, true);
      at = next;
    }
  }

  /** A word that begins as the one before, which begins with the key: of numbers there are hundreds on a page. */
  #goesOn(bytes: Uint8Array): boolean {
    if (!this.#wanted || !this.prefix) return false;
    const { place } = this;
    const [shared, length] = [bytes[place.at] ?? 0, bytes[place.at + 1] ?? 0];
    if (shared < this.key.length || shared >= 0x80 || length >= 0x80) return false;
    place.at += 2 + length;
    return true;
  }

  /** What goes on from the page before. */
  #continue(bytes: Uint8Array, to: number): void {
    const { place } = this;
    place.at = this.#jumps ? firstOffset(bytes) : HEADER;
    this.#jumps = false;
    if (this.left > 0) {
      const here = Math.min(this.left, to - HEADER);
      this.goOn(bytes, HEADER + here, here === this.left);
      place.at = HEADER + here;
      this.left -= here;
    }
    if (place.at < to) this.list(bytes, to, true);
  }

  /** The word at the place; stands behind it afterwards. */
  #term(bytes: Uint8Array, first: boolean): void {
    const { key, place } = this;
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
}
