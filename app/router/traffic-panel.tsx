'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useEntity } from '@/app/_client/live/live-provider';
import { usePageSearch } from '@/app/_client/page/page-controls';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery, type Initial } from '@/app/_client/queries/use-live-query';
import { Chart } from '@/components/charts/chart';
import { categoryColours } from '@/components/events/counts/histogram-model';
import type { ChartSeries } from '@/components/charts/types';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Segmented } from '@/components/ui/controls/segmented';
import { CATEGORIES } from '@/domain/events/catalogue/categories';
import type { TrafficEntity } from '@/domain/realtime/entities';
import type { TrafficCharts, TrafficInput } from '@/server/api/pages/router';
import { SPLITS, trafficInputOf, trafficParams } from './search-params';

const TIME_OPTIONS = [
  { value: 'happened', label: 'As it happened' },
  { value: 'arrived', label: 'As it arrived here' },
] as const;
const SPLIT_LABELS = { category: 'Category', type: 'Type', origin: 'Origin' } as const;
const RANGE_OPTIONS = [
  { value: '1h', label: '1 h' },
  { value: '6h', label: '6 h' },
  { value: '24h', label: '24 h' },
  { value: 'all', label: '7 d' },
] as const;
const ARRIVED_RANGES = [
  { value: '1h', label: '1 h' },
  { value: 'all', label: '24 h' },
] as const;

/** Events a minute over time, by category, type or origin. */
export function TrafficPanel({ initial }: { initial: Initial<TrafficInput, TrafficCharts> }) {
  const trpc = useTRPC();
  const traffic = useEntity<TrafficEntity>('traffic.total', 'all');
  const [params, setParams] = useQueryStates(trafficParams);
  const { search, input: page, setRange, window, setWindow } = usePageSearch();
  const input = trafficInputOf(params, search, page);
  const { data, error } = useLiveQuery(
    trpc.pages.router.traffic.queryOptions(input),
    input,
    traffic,
    initial,
  );
  const arrived = input.time === 'arrived';
  const { by } = input;
  const series = useMemo(() => (data === undefined ? [] : seriesOf(data, arrived, by)), [data, arrived, by]);
  return (
    <Panel
      title="Traffic"
      hint={
        data === undefined || data.slot_seconds === 0
          ? undefined
          : `events per minute, in steps of ${formatDuration(data.slot_seconds)}`
      }
      header={
        <div className="flex min-w-0 flex-wrap items-center justify-end gap-2 py-1">
          <Segmented
            label="Time of an event"
            value={params.time}
            options={TIME_OPTIONS}
            onChange={(time) => void setParams({ time })}
          />
          <Segmented
            label="Split by"
            value={input.by}
            options={SPLITS.filter((by) => !arrived || by !== 'category').map((value) => ({
              value,
              label: SPLIT_LABELS[value],
            }))}
            onChange={(by) => void setParams({ by })}
          />
          <Segmented
            label="Time range"
            value={shownRange(search.range, arrived)}
            options={arrived ? ARRIVED_RANGES : RANGE_OPTIONS}
            onChange={setRange}
          />
        </div>
      }
    >
      {error !== null && <p className="text-sm text-bad">{error}</p>}
      <Chart
        label={arrived ? 'Events that arrived here, per minute' : 'Events per minute'}
        series={series}
        xKind="time"
        unit="/min"
        height={220}
        window={arrived ? null : window}
        onWindow={arrived ? undefined : setWindow}
        empty={
          <Empty
            title={arrived ? 'Nothing has arrived since this server started' : 'No event in this stretch'}
          >
            {arrived
              ? 'The first step is drawn 10 s after an event comes in.'
              : 'Traffic is kept for the last 7 days before the newest event.'}
          </Empty>
        }
      />
    </Panel>
  );
}

/** Ranges that are not offered here show as the widest that is. */
function shownRange(range: string, arrived: boolean): '1h' | '6h' | '24h' | 'all' {
  if (range === '1h') return '1h';
  return !arrived && (range === '6h' || range === '24h') ? range : 'all';
}

const LABELS = new Map<string, string>(CATEGORIES.map(({ id, label }) => [id, label]));

/** What the server calls the rows that it drew as one. */
const OTHERS = /^\d+ others$/;

/** Categories look as they do elsewhere; what is drawn as one has the colour of nothing. */
function seriesOf({ rows }: TrafficCharts, arrived: boolean, by: TrafficInput['by']): ChartSeries[] {
  const colours = by === 'category' ? categoryColours(rows.map(({ name }) => name)) : [];
  return rows.map(({ name, points }, place) => ({
    id: name,
    name: arrived ? name : (LABELS.get(name) ?? name),
    kind: 'line',
    points,
    ...(OTHERS.test(name) ? { tone: 'off' as const, dashed: true } : { colour: colours[place] }),
  }));
}
