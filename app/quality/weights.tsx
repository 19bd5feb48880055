'use client';

import { useMemo } from 'react';
import { Chart } from '@/components/charts/chart';
import type { ChartSeries } from '@/components/charts/types';
import { Empty } from '@/components/ui/panel/empty';
import type { QualityGames } from '@/server/api/pages/quality/games';

/** Histogram of training weights; a bar stands in the middle of its bin. */
export function Weights({ bins }: { bins: QualityGames['weights'] }) {
  const series = useMemo<ChartSeries[]>(() => {
    const last = bins.findLastIndex(({ count }) => count > 0);
    const shown = last < 0 ? [] : bins.slice(0, last + 1);
    return [
      {
        id: 'weights',
        name: 'Games',
        kind: 'bars',
        tone: 'busy',
        points: shown.map(({ from, count }) => [from + 0.025, count]),
        notes: shown.map(({ from, to }) =>
          to === null ? `weight ${from} and more` : `weight ${from} to ${to}`,
        ),
      },
    ];
  }, [bins]);
  return (
    <Chart
      label="Games by training weight"
      series={series}
      xKind="number"
      xLabel="training weight"
      unit="games"
      height={160}
      empty={<Empty title="No training weight told">Scores of single games carry it.</Empty>}
    />
  );
}
