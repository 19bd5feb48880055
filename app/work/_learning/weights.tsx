import { useMemo } from 'react';
import { useConfigColours } from '@/app/_client/config-colours';
import { Chart } from '@/components/charts/chart';
import type { ChartMarker, ChartSeries, ChartWindow } from '@/components/charts/types';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { Milestone } from '@/domain/projections/learning';
import type { LearningRecord } from '@/server/api/pages/learning';

/** Marks beyond this hide the curves; the table below has all. */
const MAX_MARKS = 30;
const NOBODY: readonly string[] = [];

/** Weights of the configs over time, with the moments at which one moved up a tier. */
export function WeightsPanel({
  record,
  window,
  onWindow,
}: {
  record: LearningRecord | undefined;
  window: ChartWindow;
  onWindow: (window: ChartWindow) => void;
}) {
  const colours = useConfigColours(record?.weights.map(({ config }) => config) ?? NOBODY);
  const series = useMemo(
    () => (record?.weights ?? []).map((line) => ({ ...seriesOf(line), colour: colours.get(line.config) })),
    [record, colours],
  );
  const markers = useMemo(
    () =>
      (record?.milestones ?? [])
        .filter(({ kind }) => kind === 'tier')
        .slice(0, MAX_MARKS)
        .map(markerOf),
    [record],
  );
  const total = record?.weighted_configs ?? 0;
  return (
    <Panel
      title="Curriculum weights"
      hint={
        total > series.length
          ? `${formatCount(series.length)} of ${formatCount(total)} configs by name; pick configs above`
          : 'how much of the selfplay each config is given, over time'
      }
    >
      <Chart
        label="Curriculum weights over time"
        series={series}
        markers={markers}
        xKind="time"
        unit="weight"
        window={window}
        onWindow={onWindow}
        height={220}
        empty={
          <Empty title="No weight yet">
            A CURRICULUM_REBALANCED or WEIGHT_UPDATED within the configs and the time above makes a point.
          </Empty>
        }
      />
    </Panel>
  );
}

/** A weight holds until the next one: steps, not slopes. */
function seriesOf({ config, points, seqs }: LearningRecord['weights'][number]): ChartSeries {
  return { id: config, name: config, kind: 'step', points, events: seqs.map(String) };
}

function markerOf({ t, s, config, to }: Milestone): ChartMarker {
  const event = { event_id: String(s), seq: s, event_type: 'CURRICULUM_ADVANCED', timestamp: t };
  return {
    x: t,
    label: `${config ?? 'a config'} advanced to ${to ?? 'a harder tier'}`,
    tone: 'ok',
    event: { ...event, config, node: null },
  };
}
