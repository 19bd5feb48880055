import { DIMENSIONS, type Dimension, type Name } from './dimensions';
import type { BlockNames, Dictionary } from './names';

export { DIMENSIONS, type BlockNames, type Dimension, type Name };

/** Seqs of one block: a window of seq, aligned, so that the block of a seq needs no look-up. */
export const SLOTS = 4_096;

export type Codes = Uint8Array | Uint16Array;

/** The facets of the events of one window, column by column. */
export interface Block extends BlockNames {
  readonly block: number;
  readonly events: number;
  /** Least and greatest timestamp; infinite the wrong way round in a block without events. */
  readonly first: number;
  readonly last: number;
  /** The same names in numbers, where they are kept so. */
  readonly dictionary: Dictionary | null;
  /** Per slot the index of the value; null where all have the first one. */
  readonly codes: (dimension: number) => Codes | null;
  /** Per slot the timestamp, NaN where no event has the seq. */
  readonly times: () => Float64Array;
}

/** A block as `event_blocks` holds it. */
export interface BlockRow {
  readonly block: number;
  readonly events: number;
  readonly first_at: number | null;
  readonly last_at: number | null;
  readonly names: string;
}
export interface BlockData {
  readonly codes: Buffer;
  readonly times: Buffer;
}
/** Its columns, each read when first needed: the times lie behind the codes, and most counts do without. */
export interface BlockColumns {
  readonly codes: (of: BlockState) => Buffer;
  readonly times: (of: BlockState) => Buffer;
}
/** A block as it was with so many events: it only ever loses some. */
export type BlockState = Pick<Block, 'block' | 'events'>;

export const blockOf = (seq: number): number => Math.floor((seq - 1) / SLOTS);
export const slotOf = (seq: number): number => (seq - 1) % SLOTS;
export const seqAt = (block: number, slot: number): number => block * SLOTS + slot + 1;

/** Takes the events of one window, in any order. */
export class BlockBuilder implements Block {
  events = 0;
  first = Infinity;
  last = -Infinity;
  readonly dictionary = null;
  readonly #names: Name[][] = DIMENSIONS.map(() => []);
  readonly #counts: number[][] = DIMENSIONS.map(() => []);
  readonly #index = DIMENSIONS.map(() => new Map<Name, number>());
  readonly #codes = DIMENSIONS.map(() => new Uint16Array(SLOTS));
  readonly #times = new Float64Array(SLOTS).fill(Number.NaN);

  constructor(readonly block: number) {}

  /** `values` in the order of DIMENSIONS. */
  add(seq: number, timestamp: number, values: readonly Name[]): void {
    const slot = slotOf(seq);
    for (let dimension = 0; dimension < values.length; dimension++)
      this.#count(dimension, slot, values[dimension] ?? null);
    this.#times[slot] = timestamp;
    this.events += 1;
    if (timestamp < this.first) this.first = timestamp;
    if (timestamp > this.last) this.last = timestamp;
  }

  #count(dimension: number, slot: number, name: Name): void {
    const index = this.#index[dimension];
    const names = this.#names[dimension];
    const counts = this.#counts[dimension];
    const column = this.#codes[dimension];
    if (!index || !names || !counts || !column) return;
    let code = index.get(name);
    if (code === undefined) {
      code = names.push(name) - 1;
      counts.push(0);
      index.set(name, code);
    }
    column[slot] = code;
    counts[code] = (counts[code] ?? 0) + 1;
  }

  readonly size = (dimension: number): number => this.#names[dimension]?.length ?? 0;
  readonly name = (dimension: number, code: number): Name => this.#names[dimension]?.[code] ?? null;
  readonly count = (dimension: number, code: number): number => this.#counts[dimension]?.[code] ?? 0;
  readonly codes = (dimension: number): Codes | null => this.#codes[dimension] ?? null;
  readonly times = (): Float64Array => this.#times;

  encode(): BlockRow & BlockData {
    const columns = this.#names.flatMap(({ length }, dimension) => {
      const codes = this.#codes[dimension];
      if (!codes || widthOf(length) === 0) return [];
      return [widthOf(length) === 1 ? Buffer.from(codes) : bytesOf(codes)];
    });
    return {
      block: this.block,
      events: this.events,
      first_at: this.events > 0 ? this.first : null,
      last_at: this.events > 0 ? this.last : null,
      names: JSON.stringify([this.#names, this.#counts]),
      codes: Buffer.concat(columns),
      times: this.events > 0 ? bytesOf(this.#times) : Buffer.alloc(0),
    };
  }
}

/** The dictionaries of a block as `event_blocks` holds them. */
export function readNames(text: string): BlockNames {
  const [names, counts] = JSON.parse(text) as [Name[][], number[][]];
  return {
    size: (dimension) => names[dimension]?.length ?? 0,
    name: (dimension, code) => names[dimension]?.[code] ?? null,
    count: (dimension, code) => counts[dimension]?.[code] ?? 0,
  };
}

/** A stored block; its columns are read when they are first needed. */
export class StoredBlock implements Block {
  readonly block: number;
  readonly events: number;
  readonly first: number;
  readonly last: number;
  readonly dictionary: Dictionary | null;
  readonly size: BlockNames['size'];
  readonly name: BlockNames['name'];
  readonly count: BlockNames['count'];
  #codes: Buffer | null = null;
  #times: Float64Array | null = null;

  constructor(
    { block, events, first, last }: Pick<Block, 'block' | 'events' | 'first' | 'last'>,
    names: BlockNames | Dictionary,
    private readonly columns: BlockColumns,
  ) {
    [this.block, this.events, this.first, this.last] = [block, events, first, last];
    this.dictionary = 'table' in names ? names : null;
    [this.size, this.name, this.count] = [names.size, names.name, names.count];
  }

  codes(dimension: number): Codes | null {
    const width = widthOf(this.size(dimension));
    if (width === 0) return null;
    let from = 0;
    for (let before = 0; before < dimension; before++) from += widthOf(this.size(before)) * SLOTS;
    const part = (this.#codes ??= this.columns.codes(this)).subarray(from, from + width * SLOTS);
    return width === 1 ? part : new Uint16Array(aligned(part));
  }

  times(): Float64Array {
    return (this.#times ??= new Float64Array(aligned(this.columns.times(this))));
  }
}

function widthOf(names: number): 0 | 1 | 2 {
  if (names <= 1) return 0;
  return names <= 256 ? 1 : 2;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint16Array | Float64Array): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);

/** SQLite hands out bytes wherever they lie; wider numbers need a place of their own. */
function aligned({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}
