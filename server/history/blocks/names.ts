import { fieldTest, type QueryNode } from '../../../domain/query';
import { DIMENSIONS, type Name } from './dimensions';

const HEAD = DIMENSIONS.length;

/** The dictionaries of a block, however they are held. */
export interface BlockNames {
  /** How many values a dimension has here; each of them, and how many events have it. */
  readonly size: (dimension: number) => number;
  readonly name: (dimension: number, code: number) => Name;
  readonly count: (dimension: number, code: number) => number;
}

/** Numbers of names, the same for all blocks that are kept in memory. */
export class NameTable {
  readonly #numbers = new Map<Name, number>();
  readonly #names: Name[] = [];

  /** A name that is new gets the next number. */
  add(name: Name): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#names.push(name) - 1;
      this.#numbers.set(name, number);
    }
    return number;
  }

  find(name: Name): number | undefined {
    return this.#numbers.get(name);
  }

  at(number: number): Name {
    return this.#names[number] ?? null;
  }

  get size(): number {
    return this.#names.length;
  }
}

/** The dictionaries of one block in numbers: a kilobyte, and quicker to go through than names. */
export class Dictionary implements BlockNames {
  /** Where each dimension's values end, then the number of each value's name, then the events of each. */
  readonly #values: Uint32Array;
  readonly #all: number;

  constructor(
    readonly table: NameTable,
    { size, name, count }: BlockNames,
  ) {
    const sizes = DIMENSIONS.map((_, dimension) => size(dimension));
    this.#all = sizes.reduce((sum, each) => sum + each, 0);
    this.#values = new Uint32Array(HEAD + 2 * this.#all);
    let place = 0;
    sizes.forEach((each, dimension) => {
      for (let code = 0; code < each; code++, place++) {
        this.#values[HEAD + place] = table.add(name(dimension, code));
        this.#values[HEAD + this.#all + place] = count(dimension, code);
      }
      this.#values[dimension] = place;
    });
  }

  /** Of each value the number of its name. */
  numbers(dimension: number): Uint32Array {
    return this.#values.subarray(HEAD + this.#start(dimension), HEAD + (this.#values[dimension] ?? 0));
  }

  /** Of each value how many events have it. */
  counts(dimension: number): Uint32Array {
    const from = HEAD + this.#all;
    return this.#values.subarray(from + this.#start(dimension), from + (this.#values[dimension] ?? 0));
  }

  #start(dimension: number): number {
    return dimension === 0 ? 0 : (this.#values[dimension - 1] ?? 0);
  }

  readonly size = (dimension: number): number => (this.#values[dimension] ?? 0) - this.#start(dimension);
  readonly name = (dimension: number, code: number): Name =>
    this.table.at(this.#values[HEAD + this.#start(dimension) + code] ?? 0);
  readonly count = (dimension: number, code: number): number =>
    this.#values[HEAD + this.#all + this.#start(dimension) + code] ?? 0;
}

export type FieldNode = Extract<QueryNode, { kind: 'field' }>;

const [UNKNOWN, NO, YES] = [0, 1, 2];

/** What a query asks of a name, found out once for each name. */
export class NameTest {
  readonly #known = new Map<Name, boolean>([[null, false]]);
  #table: NameTable | null = null;
  /** By the number of the name. */
  #answers = new Uint8Array(0);

  /** @param test no name at all never passes */
  constructor(private readonly test: (name: string) => boolean) {}

  passes(name: Name): boolean {
    let passes = this.#known.get(name);
    if (passes === undefined) this.#known.set(name, (passes = this.test(name ?? '')));
    return passes;
  }

  /** Whether any value of a block's dimension passes. */
  passesIn(dictionary: Dictionary, dimension: number): boolean {
    const answers = this.#of(dictionary.table);
    return dictionary
      .numbers(dimension)
      .some((number) => this.#answer(answers, dictionary.table, number) === YES);
  }

  /** 1 for each value of a block's dimension that passes; null where none does. */
  codes(
    block: BlockNames & { readonly dictionary: Dictionary | null },
    dimension: number,
  ): Uint8Array | null {
    const { dictionary } = block;
    if (dictionary !== null) return this.#numbered(dictionary, dimension);
    const table = Uint8Array.from({ length: block.size(dimension) }, (_, code) =>
      this.passes(block.name(dimension, code)) ? 1 : 0,
    );
    return table.includes(1) ? table : null;
  }

  #numbered(dictionary: Dictionary, dimension: number): Uint8Array | null {
    const answers = this.#of(dictionary.table);
    const numbers = dictionary.numbers(dimension);
    let table: Uint8Array | null = null;
    for (let code = 0; code < numbers.length; code++) {
      if (this.#answer(answers, dictionary.table, numbers[code] ?? 0) !== YES) continue;
      table ??= new Uint8Array(numbers.length);
      table[code] = 1;
    }
    return table;
  }

  #answer(answers: Uint8Array, table: NameTable, number: number): number {
    const known = answers[number] ?? UNKNOWN;
    return known === UNKNOWN ? (answers[number] = this.passes(table.at(number)) ? YES : NO) : known;
  }

  #of(table: NameTable): Uint8Array {
    if (table === this.#table && table.size <= this.#answers.length) return this.#answers;
    const room = new Uint8Array(Math.max(256, 2 * table.size));
    if (table === this.#table) room.set(this.#answers);
    this.#table = table;
    return (this.#answers = room);
  }
}

/** What is known of names stays known for as long as a query lives. */
const FIELDS = new WeakMap<FieldNode, NameTest>();

/** The test of a field of a query, the same for all who ask. */
export function nameTestOf(node: FieldNode): NameTest {
  let test = FIELDS.get(node);
  if (!test) FIELDS.set(node, (test = new NameTest(fieldTest(node))));
  return test;
}
