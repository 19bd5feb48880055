import type { Json } from '../../../domain/json';
import { setBit } from '../blocks/bits';
import { ByteReader } from './byte-reader';
import { decodeNumbers, encodeNumbers, passingPlaces, type NumberTest } from './numbers';
import { encodePresence, readPresence } from './presence';

/** Texts that are kept: short ones, and not those of a field where nearly each is another. */
const LONGEST = 160;
const MOST_TEXT = 16_384;
/** Codes of what is no number: a text that is not kept, a table, a list (or a table that was not looked into); then the dictionary. */
const UNTOLD = 0;
const TABLE = 1;
const OPAQUE = 2;
const FIRST_CODE = 3;

type Told = string | boolean | null;

/** What a column tells of a comparison; of numbers whether any between two may pass. */
export interface ValueTest extends NumberTest {
  /** Of texts, true, false and null; one answer where it is the same for all. */
  readonly told: boolean | ((value: Told) => boolean);
  /** As JSON: none passes in a column that holds none of them. */
  readonly wanted: readonly string[] | null;
  /** Of tables and lists. */
  readonly composite: boolean;
  /** Of texts that are not kept; null where they have to be read. */
  readonly untold: boolean | null;
}

/** Gathers the values that one path of the payloads has in a stripe, slot by slot in ascending order. */
export class ColumnBuilder {
  readonly #numbers: { readonly slots: number[]; readonly values: number[] } = { slots: [], values: [] };
  readonly #others: { readonly slots: number[]; readonly codes: number[] } = { slots: [], codes: [] };
  readonly #dictionary = new Map<Told, number>();
  #room = MOST_TEXT;

  /** Events that have the path. */
  get count(): number {
    return this.#numbers.slots.length + this.#others.slots.length;
  }

  /** @param looked whether the values within a table are gathered too */
  add(slot: number, value: Json, looked: boolean): void {
    if (typeof value === 'number') {
      this.#numbers.slots.push(slot);
      this.#numbers.values.push(value);
      return;
    }
    this.#others.slots.push(slot);
    this.#others.codes.push(this.#codeOf(value, looked));
  }

  #codeOf(value: Exclude<Json, number>, looked: boolean): number {
    if (typeof value === 'object' && value !== null) return looked ? TABLE : OPAQUE;
    if (typeof value === 'string' && value.length > LONGEST) return UNTOLD;
    const known = this.#dictionary.get(value);
    if (known !== undefined) return known;
    if (typeof value === 'string') this.#room -= value.length + 1;
    if (this.#room < 0) return UNTOLD;
    this.#dictionary.set(value, FIRST_CODE + this.#dictionary.size);
    return FIRST_CODE + this.#dictionary.size - 1;
  }

  encode(): Buffer {
    const [numbers, others] = [this.#numbers, this.#others];
    const parts: Buffer[] = [Buffer.of(numbers.slots.length > 0 ? 1 : 0, others.slots.length > 0 ? 1 : 0)];
    if (numbers.slots.length > 0) parts.push(encodePresence(numbers.slots), encodeNumbers(numbers.values));
    if (others.slots.length > 0) parts.push(encodePresence(others.slots), this.#encodeCodes());
    return Buffer.concat(parts);
  }

  #encodeCodes(): Buffer {
    // What did not fit is told of none: a part of a dictionary answers nothing that is worth its place.
    const full = this.#room < 0;
    const all = [...this.#dictionary.keys()].map((name) => (full && typeof name === 'string' ? 0 : name));
    const names = full ? trimmed(all) : all;
    const texts = Buffer.from(JSON.stringify(names));
    const codes = this.#others.codes.map((code) => (all[code - FIRST_CODE] === 0 ? UNTOLD : code));
    const wide = names.length + FIRST_CODE > 256;
    const head = Buffer.alloc(5);
    head.writeUInt8(wide ? 2 : 1, 0);
    head.writeUInt32LE(texts.length, 1);
    const bytes = wide ? Buffer.from(Uint16Array.from(codes).buffer) : Buffer.from(codes);
    return Buffer.concat([head, bytes, texts]);
  }
}

/** Without the names at the end that no code uses any more. */
function trimmed<Name>(names: readonly (Name | 0)[]): (Name | 0)[] {
  return names.slice(0, names.findLastIndex((name) => name !== 0) + 1);
}

/** Sets the bits of the slots that certainly pass in `must`, those that may in `may`: a bit for each slot of a stripe. */
export function testColumn(
  bytes: Uint8Array,
  test: ValueTest,
  { must, may }: { readonly must: Uint32Array; readonly may: Uint32Array },
): void {
  const reader = new ByteReader(bytes);
  const [numbers, others] = [reader.byte() === 1, reader.byte() === 1];
  if (numbers) {
    const present = readPresence(reader);
    const places = passingPlaces(reader, present.count, test);
    if (places === 'all') for (const bits of [must, may]) present.addTo(bits);
    else
      present.each(places, (slot) => {
        setBit(must, slot);
        setBit(may, slot);
      });
  }
  if (!others) return;
  const { present, codes, texts } = decodeOthers(reader);
  const passes = passingCodes(test, texts);
  if (passes === null) return;
  const { certain, open } = sorted(codes, passes);
  present.each(certain, (slot) => {
    setBit(must, slot);
    setBit(may, slot);
  });
  present.each(open, (slot) => setBit(may, slot));
}

const [UNASKED, FAILS, MAY, PASSES] = [0, 1, 2, 3];

/** The places of codes that pass, and of those of which it is not known; each code is asked about once. */
function sorted(codes: Uint8Array | Uint16Array, passes: (code: number) => boolean | null) {
  const known = new Uint8Array(2 ** (8 * codes.BYTES_PER_ELEMENT));
  const [certain, open]: [number[], number[]] = [[], []];
  for (let place = 0; place < codes.length; place++) {
    const code = codes[place] ?? 0;
    let verdict = known[code] ?? UNASKED;
    if (verdict === UNASKED) {
      const passing = passes(code);
      known[code] = verdict = passing === null ? MAY : passing ? PASSES : FAILS;
    }
    if (verdict === PASSES) certain.push(place);
    else if (verdict === MAY) open.push(place);
  }
  return { certain, open };
}

/** Sets the bits of the slots that hold a list, or a table whose values were not gathered: what is within is not known. */
export function opaqueSlots(bytes: Uint8Array, into: Uint32Array): void {
  const reader = new ByteReader(bytes);
  const [numbers, others] = [reader.byte() === 1, reader.byte() === 1];
  if (!others) return;
  if (numbers) decodeNumbers(reader, readPresence(reader).count, () => false);
  const { present, codes } = decodeOthers(reader);
  const slots = present.slots();
  codes.forEach((code, place) => {
    if (code === OPAQUE) setBit(into, slots[place] ?? 0);
  });
}

/** What each code says; null where none passes or may pass. */
function passingCodes(test: ValueTest, texts: Buffer): ((code: number) => boolean | null) | null {
  const { told, wanted } = test;
  // Most dictionaries lack what is asked for: that is seen without reading them.
  const lacking = wanted?.every((text) => !texts.includes(text)) ?? false;
  if (lacking && test.untold === false && !test.composite) return null;
  const table =
    typeof told === 'function' && !lacking ? (JSON.parse(texts.toString()) as Told[]).map(told) : null;
  return (code) => {
    if (code === UNTOLD) return test.untold;
    if (code < FIRST_CODE) return test.composite;
    if (table) return table[code - FIRST_CODE] ?? false;
    return lacking ? false : (told as boolean);
  };
}

function decodeOthers(reader: ByteReader) {
  const present = readPresence(reader);
  const width = reader.byte();
  const size = reader.long();
  const { count } = present;
  const codes = width === 2 ? new Uint16Array(reader.aligned(count * 2)) : reader.bytes(count);
  const { buffer, byteOffset } = reader.bytes(size);
  return { present, codes, texts: Buffer.from(buffer as ArrayBuffer, byteOffset, size) };
}
