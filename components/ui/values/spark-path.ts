export interface SparkShape {
  readonly line: string;
  readonly area: string;
  /** Where the newest value stands; null without values. */
  readonly end: readonly [x: number, y: number] | null;
}

const PAD = 2;
const round = (value: number): number => Math.round(value * 100) / 100;

/** SVG paths of a sparkline. Values that are not finite are left out rather than drawn as zero. */
export function sparkPath(
  values: readonly number[],
  box: { width: number; height: number; zeroBased: boolean },
): SparkShape {
  const finite = values.filter((value) => Number.isFinite(value));
  const last = finite.length - 1;
  if (last < 0) return { line: '', area: '', end: null };
  const low = box.zeroBased ? Math.min(0, ...finite) : Math.min(...finite);
  const high = Math.max(...finite);
  const span = high - low;
  const x = (index: number): number =>
    round(last === 0 ? box.width - PAD : PAD + (index / last) * (box.width - 2 * PAD));
  // All equal: the floor for counts of nothing, the middle otherwise.
  const flat = high === 0 && box.zeroBased ? 0 : 0.5;
  const y = (value: number): number =>
    round(box.height - PAD - (span === 0 ? flat : (value - low) / span) * (box.height - 2 * PAD));
  const points = finite.map((value, index) => `${x(index)} ${y(value)}`);
  const line = `M${points.join('L')}`;
  return {
    line,
    area: `${line}L${x(last)} ${box.height}L${x(0)} ${box.height}Z`,
    end: [x(last), y(finite[last] ?? 0)],
  };
}
