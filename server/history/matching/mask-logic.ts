import type { Bits } from '../blocks/bits';
import { addAll, keepCommon } from '../blocks/bits';

/** Slots of a block: all, none, or those whose bit is set. */
export type Mask = boolean | Bits;

export function and(a: Mask, b: Mask): Mask {
  if (a === false || b === false) return false;
  if (a === true) return b;
  if (b === true) return a;
  const bits = a.slice();
  keepCommon(bits, b);
  return bits;
}

export function or(a: Mask, b: Mask): Mask {
  if (a === true || b === true) return true;
  if (a === false) return b;
  if (b === false) return a;
  const bits = a.slice();
  addAll(bits, b);
  return bits;
}

/** Whether the second has all that the first has. */
export function isWithin(a: Mask, b: Mask): boolean {
  if (b === true || a === false) return true;
  if (a === true || b === false) return false;
  for (let word = 0; word < a.length; word++) if (((a[word] ?? 0) & ~(b[word] ?? 0)) !== 0) return false;
  return true;
}

export function not(mask: Mask): Mask {
  if (typeof mask === 'boolean') return !mask;
  const bits = new Uint32Array(mask.length);
  for (let word = 0; word < mask.length; word++) bits[word] = ~(mask[word] ?? 0);
  return bits;
}
