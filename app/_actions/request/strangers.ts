/**
 * Of the name or names of a field those that nothing here has: mistyped, or newer than what Ringside has heard. None as long as
 * nothing is known at all.
 */
export function strangers(
  value: unknown,
  known: Pick<ReadonlyMap<string, unknown>, 'has' | 'size'>,
): string[] {
  const names = (Array.isArray(value) ? value : [value]).filter((name) => typeof name === 'string');
  return known.size === 0 ? [] : names.filter((name) => !known.has(name));
}
