'use client';

import { useMemo, useState } from 'react';
import { Chart } from '@/components/charts/chart';
import type { ChartSeries, ChartWindow } from '@/components/charts/types';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Segmented } from '@/components/ui/controls/segmented';
import type { QueueRecord } from '@/server/api/pages/work/queue';

type ChartPanelProps = {
  record: QueueRecord;
  window: ChartWindow;
  onWindow: (window: ChartWindow) => void;
};

const VIEWS = [
  { value: 'waiting', label: 'Waiting' },
  { value: 'running', label: 'In work' },
  { value: 'oldest', label: 'Oldest' },
] as const;
type View = (typeof VIEWS)[number]['value'];

const EMPTY = (
  <Empty title="No work in this stretch">
    The queue is noted every minute of event time once work came in.
  </Empty>
);

/** How deep the queue was, how much was under way, and how old the longest waiting had become. */
export function DepthPanel({ record, window, onWindow }: ChartPanelProps) {
  const [view, setView] = useState<View>('waiting');
  const series = useMemo(() => depthSeries(record, view), [record, view]);
  return (
    <Panel
      title="Queue over time"
      hint={`${view === 'oldest' ? 'age of the longest waiting' : 'by type'}${mostIn(record)}`}
      header={<Segmented label="Show" value={view} options={VIEWS} onChange={setView} />}
    >
      <Chart
        label="Queue over time"
        xKind="time"
        unit={view === 'oldest' ? 'h' : 'pieces'}
        series={series}
        window={window}
        onWindow={onWindow}
        empty={EMPTY}
      />
    </Panel>
  );
}

const mostIn = ({ bins, bin_seconds: seconds }: QueueRecord): string =>
  bins.length === 0 ? '' : `, most noted in ${formatDuration(seconds)} each`;

function depthSeries(record: QueueRecord, view: View): ChartSeries[] {
  if (view === 'oldest') {
    const points = record.oldest.map(([t, seconds]) => [t, seconds / 3_600] as const);
    return [{ id: 'oldest', name: 'longest waiting', kind: 'step', points, tone: 'warn' }];
  }
  return record.depth.flatMap(({ work_type: type, ...curves }, index): ChartSeries[] =>
    // A type that never stood there would only lengthen the legend.
    type !== null && curves[view].every(([, pieces]) => pieces === 0)
      ? []
      : [
          {
            id: type === null ? 'all types' : `type ${type}`,
            name: type ?? 'all types',
            kind: 'step',
            points: curves[view],
            ...(type === null ? { tone: 'off' as const, dashed: true } : { colour: index - 1 }),
          },
        ],
  );
}

/** What came in and what came of it, per stretch of equal length. */
export function FlowPanel({ record, window, onWindow }: ChartPanelProps) {
  const series = useMemo(() => flowSeries(record), [record]);
  const bin = record.bins.length === 0 ? '' : `, in ${formatDuration(record.bin_seconds)} each`;
  return (
    <Panel title="Flow" hint={`came in, done, back for another attempt, failed or timed out${bin}`}>
      <Chart
        label="Flow of work"
        xKind="time"
        unit="pieces"
        series={series}
        window={window}
        onWindow={onWindow}
        empty={EMPTY}
      />
    </Panel>
  );
}

function flowSeries({ bins }: QueueRecord): ChartSeries[] {
  const of = (field: 'queued' | 'done' | 'bad' | 'retried') =>
    bins.map((bin) => [bin.t, bin[field]] as const);
  return [
    { id: 'queued', name: 'came in', kind: 'step', points: of('queued'), tone: 'info' },
    { id: 'done', name: 'done', kind: 'step', points: of('done'), tone: 'ok' },
    { id: 'retried', name: 'retried', kind: 'step', points: of('retried'), tone: 'warn' },
    { id: 'bad', name: 'failed or timed out', kind: 'step', points: of('bad'), tone: 'bad' },
  ];
}
