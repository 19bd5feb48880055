/** 0 … count−1, each once, in an order of which every beginning lies evenly over the whole. */
export function* spread(count: number): Generator<number> {
  const bits = Math.max(0, Math.ceil(Math.log2(count)));
  for (let place = 0; place < 2 ** bits; place++) {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) if (place & (1 << bit)) reversed |= 1 << (bits - 1 - bit);
    if (reversed < count) yield reversed;
  }
}
