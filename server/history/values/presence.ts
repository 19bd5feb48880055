import { addAll, ones, setBit } from '../blocks/bits';
import type { ByteReader } from './byte-reader';
import { STRIPE } from './stripe';

/** Slots as a list, as bits, or all of them. */
const LIST = 0;
const BITS = 1;
const ALL = 2;
const BIT_BYTES = STRIPE / 8;
const EVERY = Uint16Array.from({ length: STRIPE }, (_, slot) => slot);

/** Which slots have a value, ascending. */
export function encodePresence(slots: readonly number[]): Buffer {
  const kind = slots.length === STRIPE ? ALL : slots.length * 2 < BIT_BYTES ? LIST : BITS;
  const head = Buffer.alloc(3);
  head.writeUInt8(kind, 0);
  head.writeUInt16LE(slots.length, 1);
  if (kind === ALL) return head;
  if (kind === LIST) return Buffer.concat([head, Buffer.from(Uint16Array.from(slots).buffer)]);
  const bits = new Uint32Array(STRIPE / 32);
  for (const slot of slots) setBit(bits, slot);
  return Buffer.concat([head, Buffer.from(bits.buffer)]);
}

/** How many slots have a value; which ones is made out when asked for. */
export function readPresence(reader: ByteReader): {
  readonly count: number;
  readonly slots: () => Uint16Array;
  /** Tells the slots of some of the values: the first one has the place 0. They must ascend. */
  readonly each: (places: readonly number[], told: (slot: number) => void) => void;
  /** Sets the bit of each slot that has a value. */
  readonly addTo: (bits: Uint32Array) => void;
} {
  const kind = reader.byte();
  const count = reader.short();
  if (kind === ALL)
    return {
      count: STRIPE,
      slots: () => EVERY,
      each: (places, told) => places.forEach((place) => told(place)),
      addTo: (bits) => bits.fill(0xffffffff),
    };
  const bytes = reader.later(kind === LIST ? count * 2 : BIT_BYTES);
  const slots = (): Uint16Array =>
    kind === LIST ? new Uint16Array(bytes()) : slotsOfBits(new Uint32Array(bytes()), count);
  return {
    ...{ count, slots },
    addTo: (bits) => {
      if (kind === BITS) addAll(bits, new Uint32Array(bytes()));
      else for (const slot of slots()) setBit(bits, slot);
    },
    each: (places, told) => {
      if (kind === BITS) eachOfBits(new Uint32Array(bytes()), places, told);
      else if (places.length > 0) {
        const all = slots();
        for (const place of places) told(all[place] ?? 0);
      }
    },
  };
}

/** Goes past whole words without a look at their bits. */
function eachOfBits(bits: Uint32Array, places: readonly number[], told: (slot: number) => void): void {
  let [word, before] = [0, 0];
  let within = ones(bits[0] ?? 0);
  for (const place of places) {
    while (place >= before + within) {
      before += within;
      word += 1;
      within = ones(bits[word] ?? 0);
    }
    let left = bits[word] ?? 0;
    for (let skipped = before; skipped < place; skipped++) left &= left - 1;
    told(word * 32 + 31 - Math.clz32(left & -left));
  }
}

function slotsOfBits(bits: Uint32Array, count: number): Uint16Array {
  const slots = new Uint16Array(count);
  let place = 0;
  for (let word = 0; word < bits.length; word++)
    for (let left = bits[word] ?? 0; left !== 0; left &= left - 1)
      slots[place++] = word * 32 + 31 - Math.clz32(left & -left);
  return slots;
}
