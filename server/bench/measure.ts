/** Runs work and says how many of `count` things it did per second. */
export async function perSecond(count: number, work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return (count / (performance.now() - begun)) * 1000;
}

/** One line of the report: what, its figure, its bar. */
export function line(what: string, figure: number, unit: string, bar?: string): string {
  const shown = figure >= 100 ? Math.round(figure).toLocaleString('en-GB') : figure.toFixed(2);
  return `${what.padEnd(74)} ${shown.padStart(10)} ${unit}${bar === undefined ? '' : `   (bar: ${bar})`}`;
}

/** The value that so large a share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Bars that figures missed in this run; `npm run bench -- --strict` fails for them. */
export const missed: string[] = [];

/** A line whose bar decides: the figure must lie below it, or not below it. */
export function judged(
  what: string,
  figure: number,
  unit: string,
  bar: { readonly below: number } | { readonly least: number },
): string {
  const held = 'below' in bar ? figure < bar.below : figure >= bar.least;
  const text = 'below' in bar ? `< ${String(bar.below)} ${unit}` : `≥ ${String(bar.least)} ${unit}`;
  if (!held) missed.push(what);
  return `${line(what, figure, unit, text)}${held ? '' : '  MISSED'}`;
}
