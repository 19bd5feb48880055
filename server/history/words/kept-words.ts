import type { SeqSet } from './seq-set';

/** The events that hold some words: all of them up to the seq `indexed`; of later ones nothing is known. */
export interface FoundWords {
  readonly set: SeqSet;
  readonly indexed: number;
}

/**
 * Long lists of the index that were read lately. Events never change, so what was read stays true; later events are added by
 * reading the list again, once that is quicker than reading them.
 */
export class KeptWords {
  /** The one asked for last at the end. */
  readonly #kept = new Map<string, FoundWords>();
  #left: number;

  /** @param bytes how much the lists may take: ten million events are 1.25 MB */
  constructor(bytes: number) {
    this.#left = bytes;
  }

  get(key: string): FoundWords | null {
    const found = this.#kept.get(key);
    if (!found) return null;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found;
  }

  add(key: string, found: FoundWords): void {
    this.#drop(key);
    this.#left -= found.set.bits.byteLength;
    this.#kept.set(key, found);
    for (const oldest of this.#kept.keys()) {
      if (this.#left >= 0) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#left += this.#kept.get(key)?.set.bits.byteLength ?? 0;
    this.#kept.delete(key);
  }
}
