'use client';

import { useMemo } from 'react';
import { Chart } from '@/components/charts/chart';
import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import { ratingSeries } from './curves';
import type { EloPageState } from '../use-elo';

/** All curves on one pair of axes: who is ahead, and who rises. */
export function CurvesPanel({ charts, params, search, colours }: EloPageState) {
  const curves = charts.data?.curves;
  const { axis } = params;
  const series = useMemo(
    () => (curves ?? []).map((curve) => ratingSeries(curve, axis, colours.get(curve.config) ?? 0)),
    [curves, axis, colours],
  );
  const hint = axis === 'time' ? 'ratings over time' : 'ratings over epochs trained';
  return (
    <Panel title="Elo by config" hint={`${hint}${partOf(charts.data)}`}>
      <Chart
        key={axis}
        label="Elo by config"
        series={series}
        xKind={axis === 'time' ? 'time' : 'number'}
        xLabel={axis === 'time' ? undefined : 'epochs trained'}
        unit="Elo"
        height={260}
        {...(axis === 'time' && { window: search.window, onWindow: search.setWindow })}
        empty={<Empty title="No rating in this stretch">A longer range shows more.</Empty>}
      />
    </Panel>
  );
}

function partOf(data: { curves: readonly unknown[]; matching: number } | undefined): string {
  if (data === undefined || data.curves.length === data.matching) return '';
  return ` · the ${data.curves.length} strongest of ${data.matching}; pick others under Config`;
}
