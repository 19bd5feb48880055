import { PALETTE_SIZE } from './look';

/**
 * A palette colour for each of the subjects of one chart, by index. `wanted` are their places in a list that is the same
 * on every chart, so that a subject looks alike wherever it is drawn. Where two want the same, the first has it and the
 * other takes one that nobody wants; only beyond the size of the palette colours repeat.
 */
export function coloursOf(wanted: readonly number[]): number[] {
  const taken = new Set<number>();
  const own = wanted.map((place) => {
    const colour = place % PALETTE_SIZE;
    if (taken.has(colour)) return null;
    taken.add(colour);
    return colour;
  });
  return own.map((colour, index) => {
    if (colour !== null) return colour;
    let free = (wanted[index] ?? 0) % PALETTE_SIZE;
    if (taken.size < PALETTE_SIZE) while (taken.has(free)) free = (free + 1) % PALETTE_SIZE;
    taken.add(free);
    return free;
  });
}
