/** Seqs of one block: a window of seq, aligned, so that the block of a seq needs no look-up. */
export const SLOTS = 4_096;

/** What events are counted by; the order is that of the stored columns. */
export const DIMENSIONS = [
  'category',
  'type',
  'source',
  'node',
  'config',
  'model',
  'severity',
  'origin',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export type Name = string | null;
export type Codes = Uint8Array | Uint16Array;

/** The facets of the events of one window, column by column. */
export interface Block {
  readonly block: number;
  readonly events: number;
  /** Least and greatest timestamp; infinite the wrong way round in a block without events. */
  readonly first: number;
  readonly last: number;
  /** How many values a dimension has here; each of them, and how many events have it. */
  readonly size: (dimension: number) => number;
  readonly name: (dimension: number, code: number) => Name;
  readonly count: (dimension: number, code: number) => number;
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
  readonly codes: () => Buffer;
  readonly times: () => Buffer;
}
/** Its dictionaries, however they are held. */
export type BlockNames = Pick<Block, 'size' | 'name' | 'count'>;

export const blockOf = (seq: number): number => Math.floor((seq - 1) / SLOTS);
export const slotOf = (seq: number): number => (seq - 1) % SLOTS;
export const seqAt = (block: number, slot: number): number => block * SLOTS + slot + 1;

/** Takes the events of one window, in any order. */
export class BlockBuilder implements Block {
  events = 0;
  first = Infinity;
  last = -Infinity;
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

/** A stored block. */
export function storedBlock(
  { block, events, first, last }: Pick<Block, 'block' | 'events' | 'first' | 'last'>,
  { size, name, count }: BlockNames,
  columns: BlockColumns,
): Block {
  const starts: number[] = [];
  let start = 0;
  for (let dimension = 0; dimension < DIMENSIONS.length; dimension++) {
    starts.push(start);
    start += widthOf(size(dimension)) * SLOTS;
  }
  let [codes, times] = [null as Buffer | null, null as Float64Array | null];
  return {
    ...{ block, events, first, last, size, name, count },
    codes: (dimension) => {
      const width = widthOf(size(dimension));
      if (width === 0) return null;
      const from = starts[dimension] ?? 0;
      const part = (codes ??= columns.codes()).subarray(from, from + width * SLOTS);
      return width === 1 ? part : new Uint16Array(aligned(part));
    },
    times: () => (times ??= new Float64Array(aligned(columns.times()))),
  };
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
