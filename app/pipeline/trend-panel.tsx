'use client';

import { useMemo } from 'react';
import { useConfigColours } from '@/app/_client/config-colours';
import { Chart } from '@/components/charts/chart';
import type { ChartLevel, ChartSeries, ChartWindow } from '@/components/charts/types';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Select } from '@/components/ui/controls/select';
import type { Quantiles } from '@/server/api/pages/pipeline/durations';
import type { TrendLine } from '@/server/api/pages/pipeline/trend';
import { DURATION_LABEL } from './labels';
import { TRENDS, type TrendId } from './search-params';

/** How a duration went over time, a point per run or sync, with the stretch's p50 and p95 as levels. */
export function TrendPanel({
  of,
  onOf,
  lines,
  all,
  window,
  onWindow,
}: {
  of: TrendId;
  onOf: (of: TrendId) => void;
  lines: readonly TrendLine[];
  all: Quantiles | undefined;
  window: ChartWindow;
  onWindow: (window: ChartWindow) => void;
}) {
  const { name, means } = DURATION_LABEL[of];
  const inMinutes = (all?.p95 ?? 0) >= 300;
  const colours = useConfigColours(lines.flatMap(({ config }) => config ?? []));
  const series = useMemo(
    () =>
      lines.map((line) => ({ ...seriesOf(line, name, inMinutes), colour: colours.get(line.config ?? '') })),
    [lines, name, inMinutes, colours],
  );
  const levels = useMemo(() => levelsOf(all, inMinutes), [all, inMinutes]);
  return (
    <Panel
      title="Trend"
      hint={means}
      header={
        <Select aria-label="Duration to chart" value={of} onChange={(e) => onOf(e.target.value as TrendId)}>
          {TRENDS.map((id) => (
            <option key={id} value={id}>
              {DURATION_LABEL[id].name}
            </option>
          ))}
        </Select>
      }
    >
      <Chart
        label={`${name} over time`}
        series={series}
        xKind="time"
        unit={inMinutes ? 'min' : 's'}
        levels={levels}
        window={window}
        onWindow={onWindow}
        empty={
          <Empty title={`No ${name.toLowerCase()} is over in this stretch`}>
            A point appears with each one: {means}.
          </Empty>
        }
      />
    </Panel>
  );
}

function seriesOf({ config, points }: TrendLine, name: string, inMinutes: boolean): ChartSeries {
  const scale = inMinutes ? 60 : 1;
  return {
    id: config ?? 'all',
    name: config ?? name,
    kind: 'points',
    points: points.map(([at, seconds]) => [at, seconds / scale]),
    events: points.map(([, , seq]) => (seq === null ? null : String(seq))),
    notes: points.map(([, seconds]) => formatDuration(seconds)),
  };
}

function levelsOf(all: Quantiles | undefined, inMinutes: boolean): ChartLevel[] {
  if (all === undefined) return [];
  const scale = inMinutes ? 60 : 1;
  return [
    { y: all.p50 / scale, label: `p50 ${formatDuration(all.p50)}`, tone: 'info' },
    { y: all.p95 / scale, label: `p95 ${formatDuration(all.p95)}`, tone: 'off' },
  ];
}
