import { formatPercent, NONE } from '../ui/format';
import { Spark } from '../ui/values/spark';

/** Mean health per half hour over the last 6 h, then the score of now; half hours without a check are left out. */
export function HealthSpark({
  values,
  now,
}: {
  values: readonly (number | null)[] | undefined;
  /** The last score told; the means alone would hide that it has just fallen. */
  now: number | null;
}) {
  const known = [...(values ?? []), now].filter((value) => value !== null);
  const last = known.at(-1);
  if (last === undefined) return <span className="text-faint">{NONE}</span>;
  return (
    <Spark
      values={known}
      width={56}
      height={16}
      label={`Health over the last 6 h, lowest ${formatPercent(Math.min(...known))}, last ${formatPercent(last)}`}
    />
  );
}
