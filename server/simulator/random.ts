/** The four words of an sfc32 generator: all there is to save and restore. */
export type RngState = readonly [number, number, number, number];

/**
 * Seeded random numbers (sfc32, seeded through splitmix32). The same seed gives the same sequence on every machine,
 * which `Math.random` cannot. Not for secrets.
 */
export class Rng {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(state: RngState) {
    [this.a, this.b, this.c, this.d] = state;
  }

  /** Numbers and texts both make a seed. The first draws are thrown away, so that near seeds part at once. */
  static seeded(seed: number | string): Rng {
    let h = typeof seed === 'number' ? Math.trunc(seed) ^ Math.trunc(seed / 2 ** 32) : hashText(seed);
    const word = (): number => {
      h = (h + 0x9e3779b9) | 0;
      let t = h ^ (h >>> 16);
      t = Math.imul(t, 0x21f0aaad);
      t ^= t >>> 15;
      t = Math.imul(t, 0x735a2d97);
      return t ^ (t >>> 15);
    };
    const rng = new Rng([word(), word(), word(), 1]);
    for (let i = 0; i < 12; i++) rng.float();
    return rng;
  }

  state(): RngState {
    return [this.a, this.b, this.c, this.d];
  }

  /** Uniform in [0, 1). */
  float(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.float();
  }

  /** Whole number, both ends included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.float() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  /** One item of a list. Throws on an empty list: ask for the length first. */
  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.float() * items.length)];
    if (item === undefined) throw new RangeError('Rng.pick: nothing to pick from, the list is empty');
    return item;
  }

  /** One item, each as likely as its weight is heavy. */
  weighted<T>(items: readonly T[], weightOf: (item: T) => number): T {
    let left = this.float() * items.reduce((sum, item) => sum + weightOf(item), 0);
    for (const item of items) {
      left -= weightOf(item);
      if (left < 0) return item;
    }
    return this.pick(items);
  }

  /** Normally distributed (Box-Muller). */
  gauss(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.float()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.float());
  }

  /** Waiting time of something that happens on average once per `mean`. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.float());
  }

  /** `digits` lower-case hex digits. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits)
      text += Math.floor(this.float() * 0x10000000)
        .toString(16)
        .padStart(7, '0');
    return text.slice(0, digits);
  }
}

/** FNV-1a. */
function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}

export function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
