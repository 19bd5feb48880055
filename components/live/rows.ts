import type { Json } from '@/domain/json';

/** The entities of a topic as a sorted list. */
export function sorted<T extends Json>(
  entities: ReadonlyMap<string, T>,
  compare: (a: T, b: T) => number,
): T[] {
  return [...entities.values()].sort(compare);
}

export { byName } from '@/domain/text/order';
