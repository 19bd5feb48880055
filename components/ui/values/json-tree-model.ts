import type { Json } from '@/domain/json';

/** The entries of an object or array, in their order; null for a value without children. */
export function childrenOf(value: Json): readonly (readonly [string, Json])[] | null {
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item, index) => [String(index), item] as const);
  if (typeof value === 'object' && value !== null) return Object.entries(value);
  return null;
}

/** Dotted path of a child, as drift findings name it. */
export function childPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** What stands beside a branch: brackets and size, so that a closed one still says what it holds. */
export function previewOf(value: Json, open: boolean): string {
  const count = childrenOf(value)?.length ?? 0;
  const [start, end] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return open ? `${start}${count}${end}` : `${start}… ${count} …${end}`;
}
