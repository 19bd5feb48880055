'use client';

import { memo, useMemo } from 'react';
import { useConfigColours } from '@/app/_client/config-colours';
import { Chart } from '@/components/charts/chart';
import type { ChartLevel, ChartMarker, ChartSeries, ChartWindow } from '@/components/charts/types';
import { Empty } from '@/components/ui/panel/empty';
import { formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { QualityAverages, QualityMarker } from '@/server/api/pages/quality/averages';

const MARKS: Readonly<
  Record<QualityMarker['kind'], Pick<ChartMarker, 'letter' | 'tone'> & { says: string }>
> = {
  degraded: { letter: 'D', tone: 'warn', says: 'degraded, first report' },
  warned: { letter: 'W', tone: 'warn', says: 'low-quality warning' },
  blocked: { letter: 'B', tone: 'crit', says: 'training blocked' },
  boosted: { letter: 'E', tone: 'busy', says: 'exploration boosted' },
  check_failed: { letter: 'C', tone: 'bad', says: 'quality check failed' },
  lifted: { letter: 'L', tone: 'ok', says: 'penalty lifted' },
};

const NOBODY: readonly string[] = [];

/** Average quality of each config and of single games over time, against the thresholds. */
export const AveragesPanel = memo(function AveragesPanel({
  data,
  window,
  onWindow,
}: {
  data: QualityAverages | undefined;
  window: ChartWindow;
  onWindow: (window: ChartWindow) => void;
}) {
  const colours = useConfigColours(data?.series.map(({ config }) => config) ?? NOBODY);
  const series = useMemo(() => (data === undefined ? [] : seriesOf(data, colours)), [data, colours]);
  const levels = useMemo(() => (data === undefined ? [] : data.levels.map(levelOf)), [data]);
  const markers = useMemo(() => (data === undefined ? [] : data.markers.map(markerOf)), [data]);
  return (
    <Panel title="Average quality over time" hint={hintOf(data)}>
      <Chart
        label="Average quality over time"
        series={series}
        levels={levels}
        markers={markers}
        xKind="time"
        height={280}
        window={window}
        onWindow={onWindow}
        empty={
          <Empty title="No average in this stretch">
            Lines come with QUALITY_SCORE_UPDATED: an average per config, or scores of single games. A longer
            stretch can be chosen above.
          </Empty>
        }
      />
    </Panel>
  );
});

/** The key to the letters on the chart, and what is not on it. */
function hintOf(data: QualityAverages | undefined): string {
  if (data === undefined) return '';
  const kinds = [...new Set(data.markers.map(({ kind }) => kind))];
  const key = kinds.map((kind) => `${MARKS[kind].letter} ${MARKS[kind].says}`).join(', ');
  if (data.omitted === 0) return key;
  const part = `the ${data.series.length} lowest of ${data.series.length + data.omitted}; pick others under Config`;
  return key === '' ? part : `${part} · ${key}`;
}

function seriesOf(
  { series, perGame, announced }: QualityAverages,
  colours: ReadonlyMap<string, number>,
): ChartSeries[] {
  const lines = series.map(({ config, points, events }): ChartSeries => {
    return { id: config, name: config, kind: 'line', points, events, colour: colours.get(config) };
  });
  const high = announced.map(({ config, points, events }): ChartSeries => {
    const colour = colours.get(config);
    const notes = points.map(() => 'HIGH_QUALITY_DATA_AVAILABLE');
    return {
      id: `high ${config}`,
      name: `${config} announced good`,
      kind: 'points',
      points,
      events,
      notes,
      colour,
    };
  });
  if (perGame.points.length === 0) return [...lines, ...high];
  const games: ChartSeries = {
    id: 'games',
    name: 'single games, hourly mean',
    kind: 'points',
    tone: 'off',
    points: perGame.points,
    events: perGame.events,
    notes: perGame.games.map(
      (count) => `mean of ${formatPlural(count, 'game')}; the event is the last of them`,
    ),
  };
  return [...lines, ...high, games];
}

function levelOf({ kind, value, configs }: QualityAverages['levels'][number]): ChartLevel {
  const of = configs === 1 ? '1 config' : `${configs} configs`;
  return kind === 'threshold'
    ? { y: value, label: `threshold ${value} (${of})`, tone: 'warn' }
    : { y: value, label: `training needs ${value} (${of})`, tone: 'crit' };
}

function markerOf({ kind, event }: QualityMarker): ChartMarker {
  const { letter, tone, says } = MARKS[kind];
  return { x: event.timestamp, letter, tone, event, label: `${event.config ?? ''} ${says}` };
}
