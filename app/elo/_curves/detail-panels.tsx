'use client';

import { memo, useMemo } from 'react';
import { Chart } from '@/components/charts/chart';
import { MarkBadge } from '@/components/charts/overlay/markers';
import { cn } from '@/components/ui/cn';
import { Empty } from '@/components/ui/panel/empty';
import { withMinus } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { ChartWindow } from '@/components/charts/types';
import type { EloCurve } from '@/server/api/pages/elo/charts';
import { curveMarkers, detailSeries, MARKS } from './curves';
import type { Axis } from '../search-params';
import type { EloPageState } from '../use-elo';

/** One chart per config: champion, evaluations with intervals, and what was decided when. */
export function DetailPanels({ charts, summaries, params, search, colours }: EloPageState) {
  const curves = charts.data?.curves ?? [];
  const targets = new Map(summaries.data?.map(({ config, target }) => [config, target]));
  return (
    <section
      aria-label="Champion, evaluations and decisions by config"
      className="flex min-w-0 flex-col gap-3"
    >
      <MarkKey />
      <div className={cn('grid min-w-0 grid-cols-1 gap-3', curves.length > 1 && 'xl:grid-cols-2')}>
        {curves.map((curve) => (
          <Detail
            key={curve.config}
            curve={curve}
            colour={colours.get(curve.config) ?? 0}
            axis={params.axis}
            target={targets.get(curve.config) ?? null}
            window={search.window}
            onWindow={search.setWindow}
          />
        ))}
      </div>
    </section>
  );
}

const Detail = memo(function Detail({
  curve,
  colour,
  axis,
  target,
  window,
  onWindow,
}: {
  curve: EloCurve;
  colour: number;
  axis: Axis;
  target: number | null;
  window: ChartWindow;
  onWindow: (window: ChartWindow) => void;
}) {
  const series = useMemo(() => detailSeries(curve, axis, colour), [curve, axis, colour]);
  const markers = useMemo(() => curveMarkers(curve, axis), [curve, axis]);
  const levels = useMemo(
    () =>
      target === null
        ? []
        : [{ y: target, label: `target ${withMinus(String(target))}`, tone: 'info' as const }],
    [target],
  );
  return (
    <Panel title={<span className="font-mono">{curve.config}</span>} hint="champion, evaluations, decisions">
      <Chart
        key={axis}
        label={`Elo of ${curve.config}`}
        series={series}
        markers={markers}
        levels={levels}
        xKind={axis === 'time' ? 'time' : 'number'}
        xLabel={axis === 'time' ? undefined : 'epochs trained'}
        unit="Elo"
        height={220}
        {...(axis === 'time' && { window, onWindow })}
        empty={<Empty title="No rating in this stretch">A longer range shows more.</Empty>}
      />
    </Panel>
  );
});

function MarkKey() {
  return (
    <ul aria-label="Marks on the charts" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-dim">
      {Object.values(MARKS).map(({ letter, tone, name }) => (
        <li key={letter} className="flex items-center gap-1.5">
          <MarkBadge tone={tone} text={letter} />
          {name}
        </li>
      ))}
      <li className="text-faint">a number stands for several: press it to zoom in</li>
    </ul>
  );
}
