'use client';

import { useMemo } from 'react';
import { usePageSearch } from '@/app/_client/page/page-controls';
import { Chart } from '@/components/charts/chart';
import type { ChartLevel, ChartSeries } from '@/components/charts/types';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { NodeDetailAnswer } from '@/server/api/pages/nodes';

const GOOD: readonly ChartLevel[] = [{ y: 50, label: 'healthy from here', tone: 'off' }];
const FULL: readonly ChartLevel[] = [{ y: 90, label: 'overload', tone: 'warn' }];

/** Health, utilisation and selfplay over the range, as means per stretch. */
export function SeriesPanel({ data }: { data: NodeDetailAnswer }) {
  const { window, setWindow } = usePageSearch();
  const { health, cpu, gpu, memory, games } = data.series;
  const [healthLines, loadLines, gameLines] = useMemo(
    (): ChartSeries[][] => [
      [{ id: 'health', name: 'health score', kind: 'line', points: health, tone: 'ok' }],
      [
        { id: 'cpu', name: 'CPU', kind: 'line', points: cpu },
        { id: 'gpu', name: 'GPU', kind: 'line', points: gpu },
        { id: 'memory', name: 'memory', kind: 'line', points: memory },
      ],
      [{ id: 'games', name: 'games', kind: 'step', points: games }],
    ],
    [health, cpu, gpu, memory, games],
  );
  const zoom = { xKind: 'time', window, onWindow: setWindow, height: 150 } as const;
  const every = formatDuration(data.grain);
  return (
    <Panel title="Health and use" hint={`means per ${every}; the last 24 h per 15 min, 7 d per 2 h`}>
      <div className="grid gap-4 xl:grid-cols-3">
        <Chart
          label="Health score"
          unit="%"
          series={healthLines ?? []}
          levels={GOOD}
          {...zoom}
          empty={<NoReport />}
        />
        <Chart
          label="Utilisation"
          unit="%"
          series={loadLines ?? []}
          levels={FULL}
          {...zoom}
          empty={<NoReport />}
        />
        <Chart
          label="Selfplay games"
          unit="games/h"
          series={gameLines ?? []}
          {...zoom}
          empty={<Empty title="No games yet">They come with SELFPLAY_COMPLETE.</Empty>}
        />
      </div>
    </Panel>
  );
}

function NoReport() {
  return <Empty title="No report yet">Figures come with HEALTH_CHECK_PASSED.</Empty>;
}
