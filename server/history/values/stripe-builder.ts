import { isJsonObject, type Json, type JsonObject } from '../../../domain/json';
import { ColumnBuilder } from './column';
import { pathHash, pathText, STRIPE, type StripeValues } from './stripe';

/** Tables within tables are looked into so deep. */
const DEPTH = 4;
/** Paths that are gathered, those of them that are kept, and how many values and bytes all of them may have in a stripe. */
const MOST_GATHERED = 2_048;
const MOST_KEPT = 512;
const MOST_VALUES = 64 * STRIPE;
const MOST_BYTES = 64 * STRIPE;
const MOST_OMITTED = 4_096;

interface Place {
  readonly text: string;
  readonly path: readonly string[];
  readonly within: Map<string, Place>;
  /** Null where the path is not kept. */
  column: ColumnBuilder | null;
}

/** Gathers the payload values of the events of a stripe, path by path. Bounded, whatever the payloads are. */
export class StripeBuilder {
  readonly #root: Place = { text: '', path: [], within: new Map(), column: null };
  readonly #gathered: Place[] = [];
  readonly #omitted = new Set<number>();
  #values = 0;

  constructor(private readonly stripe: number) {}

  /** Slots ascend. */
  add(slot: number, payload: JsonObject): void {
    this.#table(slot, payload, this.#root);
  }

  #table(slot: number, table: JsonObject, place: Place): void {
    for (const key of Object.keys(table)) {
      const value = table[key];
      const inner = place.within.get(key) ?? this.#newPlace(place, key);
      if (inner === null || value === undefined) continue;
      const looked = isJsonObject(value) && inner.path.length < DEPTH;
      this.#value(slot, value, inner, looked);
      if (looked) this.#table(slot, value, inner);
    }
  }

  #value(slot: number, value: Json, place: Place, looked: boolean): void {
    if (place.column === null) return;
    if (this.#values >= MOST_VALUES) {
      this.#values -= place.column.count;
      this.#omit(place);
      return;
    }
    this.#values += 1;
    place.column.add(slot, value, looked);
  }

  /** Null where there are too many paths to gather another one. */
  #newPlace(within: Place, key: string): Place | null {
    if (this.#omitted.size > MOST_OMITTED) return null;
    const path = [...within.path, key];
    const text = pathText(path);
    if (this.#gathered.length >= MOST_GATHERED) {
      this.#omitted.add(pathHash(text));
      return null;
    }
    const place: Place = { text, path, within: new Map(), column: new ColumnBuilder() };
    within.within.set(key, place);
    this.#gathered.push(place);
    return place;
  }

  #omit(place: Place): void {
    place.column = null;
    this.#omitted.add(pathHash(place.text));
  }

  finish(): StripeValues {
    const places = this.#gathered.filter(({ column }) => column !== null);
    places.sort((a, b) => (b.column?.count ?? 0) - (a.column?.count ?? 0));
    const kept: { text: string; bytes: Buffer }[] = [];
    let size = 0;
    for (const place of places) {
      const bytes = kept.length < MOST_KEPT ? place.column?.encode() : undefined;
      if (bytes === undefined || size + bytes.length > MOST_BYTES) this.#omit(place);
      else {
        kept.push({ text: place.text, bytes });
        size += bytes.length;
      }
    }
    let end = 0;
    return {
      stripe: this.stripe,
      paths: kept.map(({ text }) => text),
      ends: kept.map(({ bytes }) => (end += bytes.length)),
      bytes: Uint8Array.from(Buffer.concat(kept.map(({ bytes }) => bytes))),
      omitted: this.#omitted.size > MOST_OMITTED ? null : [...this.#omitted],
    };
  }
}
