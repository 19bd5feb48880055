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
