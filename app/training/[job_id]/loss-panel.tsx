'use client';

import { memo, useMemo, useState } from 'react';
import { Chart } from '@/components/charts/chart';
import type { ChartWindow } from '@/components/charts/types';
import { Empty } from '@/components/ui/panel/empty';
import { Panel } from '@/components/ui/panel/panel';
import type { RunDetail } from '@/server/api/pages/training/run';
import { lossMarkers, lossSeries, paceSeries, rateSeries } from './run-series';

/** Loss, learning rate and pace over the epochs; a zoom on one is a zoom on all. */
export const LossPanel = memo(function LossPanel({ run }: { run: RunDetail }) {
  const [window, setWindow] = useState<ChartWindow>(null);
  const loss = useMemo(() => lossSeries(run), [run]);
  const rate = useMemo(() => rateSeries(run), [run]);
  const pace = useMemo(() => paceSeries(run), [run]);
  const markers = useMemo(() => lossMarkers(run), [run]);
  const shared = { xKind: 'number', xLabel: 'epoch', window, onWindow: setWindow } as const;
  return (
    <Panel
      title="Loss over the epochs"
      hint={
        run.thinned ? 'a long run: every second of the older epochs, and the best' : 'marks open their events'
      }
    >
      <Chart
        {...shared}
        label="Loss over the epochs"
        series={loss}
        markers={markers}
        unit="loss"
        height={280}
        empty={
          <Empty title={run.entity.ended_at === null ? 'No loss yet' : 'No loss was reported'}>
            Losses come with TRAINING_PROGRESS.
          </Empty>
        }
      />
      {(rate.length > 0 || pace.length > 0) && (
        <div className="mt-3 grid min-w-0 gap-3 border-t pt-3 lg:grid-cols-2">
          {rate.length > 0 && <Chart {...shared} label="Learning rate" series={rate} height={130} />}
          {pace.length > 0 && (
            <Chart {...shared} label="Seconds an epoch" series={pace} unit="s" height={130} />
          )}
        </div>
      )}
    </Panel>
  );
});
