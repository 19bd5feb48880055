import { SLOTS } from './block';

/** A bit for each slot of a block. */
export type Bits = Uint32Array;
const WORD = 32;
export const BIT_WORDS = SLOTS / WORD;

export const noBits = (): Bits => new Uint32Array(BIT_WORDS);

export function setBit(bits: Bits, slot: number): void {
  bits[slot >>> 5] = (bits[slot >>> 5] ?? 0) | (1 << (slot & 31));
}

export const hasBit = (bits: Bits, slot: number): boolean =>
  ((bits[slot >>> 5] ?? 0) & (1 << (slot & 31))) !== 0;

/** Sets every bit from a slot on. */
export function setFrom(bits: Bits, slot: number): void {
  const word = slot >>> 5;
  if (word >= bits.length) return;
  bits[word] = (bits[word] ?? 0) | (0xffffffff << (slot & 31));
  bits.fill(0xffffffff, word + 1);
}

export function bitsWhere(test: (slot: number) => boolean): Bits {
  const bits = noBits();
  for (let slot = 0; slot < SLOTS; slot++) if (test(slot)) setBit(bits, slot);
  return bits;
}

/** Keeps in `bits` what both have. */
export function keepCommon(bits: Uint32Array, other: Uint32Array): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) & (other[word] ?? 0);
}

/** Adds to `bits` what the other has. */
export function addAll(bits: Uint32Array, other: Uint32Array): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) | (other[word] ?? 0);
}

/** Takes away from `bits` what the other has. */
export function takeAway(bits: Uint32Array, other: Uint32Array): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) & ~(other[word] ?? 0);
}

export function countBits(bits: Uint32Array): number {
  let count = 0;
  for (let word = 0; word < bits.length; word++) count += ones(bits[word] ?? 0);
  return count;
}

export const isEmpty = (bits: Uint32Array): boolean => {
  for (let word = 0; word < bits.length; word++) if (bits[word] !== 0) return false;
  return true;
};

/** The slots whose bits are set, ascending. */
export function slotsOf(bits: Bits): Uint16Array {
  const slots = new Uint16Array(countBits(bits));
  let count = 0;
  for (let word = 0; word < BIT_WORDS; word++)
    for (let left = bits[word] ?? 0; left !== 0; left &= left - 1)
      slots[count++] = word * WORD + 31 - Math.clz32(left & -left);
  return slots;
}

/** How many bits of a word are set. */
export function ones(word: number): number {
  if (word === 0) return 0;
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
