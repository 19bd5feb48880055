'use client';

import { useMemo } from 'react';
import { Chart } from '@/components/charts/chart';
import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import { reportedSeries, velocitySeries } from './curves';
import type { EloPageState } from '../use-elo';

const STANDSTILL = [{ y: 0, label: 'standstill', tone: 'off' as const }];

/** How fast each config learns, and whether that grows. With a single config also the cluster's own figure. */
export function VelocityPanel({ charts, search, colours }: EloPageState) {
  const curves = charts.data?.curves;
  const series = useMemo(() => {
    const [only, ...others] = curves ?? [];
    const lines = (curves ?? []).map((curve) => velocitySeries(curve, colours.get(curve.config) ?? 0));
    return only !== undefined && others.length === 0 ? [...lines, reportedSeries(only)] : lines;
  }, [curves, colours]);
  return (
    <Panel title="Velocity" hint="slope of a straight line through the ratings of the 12 h before">
      <Chart
        label="Velocity by config"
        series={series}
        levels={STANDSTILL}
        xKind="time"
        unit="Elo/h"
        height={200}
        window={search.window}
        onWindow={search.setWindow}
        empty={
          <Empty title="No velocity yet">
            It takes three ratings of a config within 12 h that span an hour or more.
          </Empty>
        }
      />
    </Panel>
  );
}
