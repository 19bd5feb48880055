const OTHER = '(other)';

/** Counts by name. Producers choose the names, so beyond `maxNames` further ones are counted together as `(other)`. */
export class Counter {
  /** Boxes, so that counting is one look-up and not two. */
  private readonly counts = new Map<string, { n: number }>();
  private sum = 0;

  constructor(private readonly maxNames = 10_000) {}

  get total(): number {
    return this.sum;
  }

  add(name: string): void {
    this.sum++;
    this.boxOf(name).n++;
  }

  of(name: string): number {
    return this.counts.get(name)?.n ?? 0;
  }

  /** Pairs, not an object: names such as `__proto__` stay ordinary. Most frequent first. */
  entries(): (readonly [name: string, count: number])[] {
    return Array.from(this.counts, ([name, { n }]) => [name, n] as const).sort((a, b) => b[1] - a[1]);
  }

  private boxOf(name: string): { n: number } {
    const known = this.counts.get(name);
    if (known !== undefined) return known;
    if (this.counts.size >= this.maxNames && name !== OTHER) return this.boxOf(OTHER);
    const box = { n: 0 };
    this.counts.set(name, box);
    return box;
  }
}
