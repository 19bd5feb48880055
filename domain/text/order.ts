const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Names in the order people count: gpu-2 before gpu-10, square8 before square19. */
export const byName = (a: string, b: string): number => COLLATOR.compare(a, b);
