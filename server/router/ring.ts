/** The newest `capacity` items; older ones are overwritten. */
export class Ring<T> {
  private readonly items: T[] = [];
  private next = 0;

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.items.length;
  }

  push(item: T): void {
    this.items[this.next] = item;
    this.next = (this.next + 1) % this.capacity;
  }

  clear(): void {
    this.items.length = 0;
    this.next = 0;
  }

  /** At most `limit` items that match, ascending by age: the newest is last. */
  newest(limit: number, matches: (item: T) => boolean): T[] {
    const found: T[] = [];
    for (let back = 1; back <= this.items.length && found.length < limit; back++) {
      const item = this.items[(this.next - back + this.capacity) % this.capacity];
      if (item !== undefined && matches(item)) found.push(item);
    }
    return found.reverse();
  }
}
