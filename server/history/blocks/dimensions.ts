/** What events are counted by; the order is that of the stored columns. */
export const DIMENSIONS = [
  'category',
  'type',
  'source',
  'node',
  'config',
  'model',
  'severity',
  'origin',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export type Name = string | null;
