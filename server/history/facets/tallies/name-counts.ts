import type { Block, Codes } from '../../blocks/block';
import type { Name } from '../../blocks/dimensions';
import type { NameTable } from '../../blocks/names';

/** How many events have which name in one dimension. Names of blocks are counted by their numbers, and told apart only at the end. */
export class NameCounts {
  readonly #names = new Map<Name, number>();
  #table: NameTable | null = null;
  #numbered = new Float64Array(0);

  add(name: Name, by: number): void {
    this.#names.set(name, (this.#names.get(name) ?? 0) + by);
  }

  /** All events of a block. */
  addAll(block: Block, dimension: number): void {
    const { dictionary } = block;
    if (dictionary === null) {
      for (let code = 0; code < block.size(dimension); code++)
        this.add(block.name(dimension, code), block.count(dimension, code));
      return;
    }
    const counts = this.#of(dictionary.table);
    const [numbers, events] = [dictionary.numbers(dimension), dictionary.counts(dimension)];
    for (let code = 0; code < numbers.length; code++) {
      const number = numbers[code] ?? 0;
      counts[number] = (counts[number] ?? 0) + (events[code] ?? 0);
    }
  }

  /** Some events of a block; `codes` null: all have the first name. */
  addSlots(block: Block, dimension: number, codes: Codes | null, slots: Uint16Array): void {
    const { dictionary } = block;
    if (dictionary === null) {
      for (let place = 0; place < slots.length; place++)
        this.add(block.name(dimension, codes?.[slots[place] ?? 0] ?? 0), 1);
      return;
    }
    const counts = this.#of(dictionary.table);
    const numbers = dictionary.numbers(dimension);
    if (codes === null) {
      const number = numbers[0] ?? 0;
      counts[number] = (counts[number] ?? 0) + slots.length;
    } else
      for (let place = 0; place < slots.length; place++) {
        const number = numbers[codes[slots[place] ?? 0] ?? 0] ?? 0;
        counts[number] = (counts[number] ?? 0) + 1;
      }
  }

  byName(): ReadonlyMap<Name, number> {
    for (let number = 0; number < this.#numbered.length; number++) {
      const count = this.#numbered[number] ?? 0;
      if (count > 0) this.add(this.#table?.at(number) ?? null, count);
    }
    this.#numbered.fill(0);
    return this.#names;
  }

  #of(table: NameTable): Float64Array {
    if (table === this.#table && table.size <= this.#numbered.length) return this.#numbered;
    this.byName();
    this.#table = table;
    return (this.#numbered = new Float64Array(table.size + 64));
  }
}
