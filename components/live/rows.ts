import type { Json } from '@/domain/json';

/** The entities of a topic as a sorted list. */
export function sorted<T extends Json>(
  entities: ReadonlyMap<string, T>,
  compare: (a: T, b: T) => number,
): T[] {
  return [...entities.values()].sort(compare);
}

/** Names in the order people count: gpu-2 before gpu-10. */
const COLLATOR = new Intl.Collator('en', { numeric: true });
export const byName = (a: string, b: string): number => COLLATOR.compare(a, b);
