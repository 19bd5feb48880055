/** Counts by name. Producers choose the names, so beyond `maxNames` further ones are counted together as `(other)`. */
export class Counter {
  private readonly counts = new Map<string, number>();
  private sum = 0;

  constructor(private readonly maxNames = 10_000) {}

  get total(): number {
    return this.sum;
  }

  add(name: string): void {
    this.sum++;
    const known = this.counts.get(name);
    if (known !== undefined) this.counts.set(name, known + 1);
    else if (this.counts.size < this.maxNames) this.counts.set(name, 1);
    else this.counts.set('(other)', (this.counts.get('(other)') ?? 0) + 1);
  }

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  /** Pairs, not an object: names such as `__proto__` stay ordinary. Most frequent first. */
  entries(): (readonly [name: string, count: number])[] {
    return [...this.counts].sort((a, b) => b[1] - a[1]);
  }
}
