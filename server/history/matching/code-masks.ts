import type { Bits } from '../blocks/bits';
import { countBits, noBits, setBit, slotsOf } from '../blocks/bits';
import type { Block, Codes } from '../blocks/block';
import type { Mask } from './mask-logic';

/** Of fewer slots than this each is looked at by itself. */
const FEW_ASKED = 512;

export const areFew = (asked: Bits): boolean => countBits(asked) < FEW_ASKED;

/**
 * The slots with a value of which the table has 1; an empty slot may be among them.
 * @param asked of other slots anything may be said
 */
export function codesMaskOf(block: Block, dimension: number, table: Uint8Array, asked: Mask): Mask {
  if (asked === false) return false;
  if (asked === true || !areFew(asked)) return codesMask(block, dimension, table);
  const found = noBits();
  return addOfFew(block, dimension, table, slotsOf(asked), found) ? found : true;
}

/** Adds those of some slots that have a value of which the table has 1; false where there is one value only. */
export function addOfFew(
  block: Block,
  dimension: number,
  table: Uint8Array,
  slots: Uint16Array,
  into: Bits,
): boolean {
  const codes = block.codes(dimension);
  if (codes === null) return false;
  for (let place = 0; place < slots.length; place++) {
    const slot = slots[place] ?? 0;
    if (table[codes[slot] ?? 0] === 1) setBit(into, slot);
  }
  return true;
}

/** The slots with a value of which the table has 1; an empty slot may be among them. */
export function codesMask(block: Block, dimension: number, table: Uint8Array): Mask {
  let wanted = 0;
  for (let code = 0; code < table.length; code++) wanted += table[code] ?? 0;
  if (wanted === 0) return false;
  const codes = wanted < table.length ? block.codes(dimension) : null;
  if (codes === null) return true;
  return fewHave(block, dimension, table) ? bitsOfFew(codes, table) : bitsOf(codes, table);
}

/** Fewer events than this are found one by one. */
const FEW = 128;

function fewHave(block: Block, dimension: number, wanted: Uint8Array): boolean {
  let events = 0;
  for (let code = 0; code < wanted.length; code++)
    if (wanted[code] === 1) events += block.count(dimension, code);
  // An empty slot has the code of the first value.
  return events < FEW && wanted[0] === 0;
}

function bitsOfFew(codes: Codes, wanted: Uint8Array): Bits {
  const bits = noBits();
  for (let code = 0; code < wanted.length; code++) {
    if (wanted[code] === 0) continue;
    for (let slot = codes.indexOf(code); slot >= 0; slot = codes.indexOf(code, slot + 1)) setBit(bits, slot);
  }
  return bits;
}

function bitsOf(codes: Codes, wanted: Uint8Array): Bits {
  const bits = noBits();
  for (let word = 0, slot = 0; word < bits.length; word++) {
    let of = 0;
    for (let bit = 0; bit < 32; bit++, slot++) of |= (wanted[codes[slot] ?? 0] ?? 0) << bit;
    bits[word] = of;
  }
  return bits;
}
