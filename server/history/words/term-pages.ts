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
      if (this.#wanted) this.list(bytes, next, true);
      at = next;
    }
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
