'use client';

import { useMemo, type ReactNode } from 'react';
import { Chart } from '../../charts/chart';
import type { ChartWindow } from '../../charts/types';
import type { Histogram as Counts } from './histogram-model';
import { histogramSeries } from './histogram-model';

const HEIGHT = 96;

/** Matches over time, stacked by category. A stretch that is picked becomes the time of the filter. */
export function Histogram({
  counts,
  window,
  onWindow,
  note,
}: {
  counts: Counts;
  /** The time of the filter; null for all. */
  window: ChartWindow;
  onWindow: (window: ChartWindow) => void;
  /** How far the counts can be trusted. */
  note: ReactNode;
}) {
  const series = useMemo(() => histogramSeries(counts), [counts]);
  const { from, width, buckets } = counts;
  const span = useMemo(
    () => (from === null ? undefined : ([from, from + width * buckets] as const)),
    [from, width, buckets],
  );
  return (
    <Chart
      label="Matches over time"
      series={series}
      xKind="time"
      unit="events"
      height={HEIGHT}
      span={span}
      window={window}
      onWindow={onWindow}
      note={note}
      empty={
        <p className="flex items-center justify-center text-xs text-faint" style={{ height: HEIGHT + 32 }}>
          Nothing matches, so there is nothing to draw.
        </p>
      }
    />
  );
}
