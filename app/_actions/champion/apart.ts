/**
 * A signed difference of two figures, of what is shown of them: 55 % and 58 % are three apart, whatever they were before they were
 * rounded to `digits` decimals.
 */
export function apart(
  coming: number | null,
  going: number | null,
  digits: number,
  format: (value: number) => string,
): string | null {
  if (coming === null || going === null) return null;
  const scale = 10 ** digits;
  const difference = (Math.round(coming * scale) - Math.round(going * scale)) / scale;
  if (difference === 0) return '0';
  return `${difference > 0 ? '+' : '−'}${format(Math.abs(difference))}`;
}
