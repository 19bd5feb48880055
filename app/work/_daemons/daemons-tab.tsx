'use client';

import { useMemo } from 'react';
import { useThrottled } from '@/app/_client/live/use-throttled';
import { useEntity } from '@/app/_client/live/live-provider';
import { usePageSearch } from '@/app/_client/page/page-controls';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery } from '@/app/_client/queries/use-live-query';
import { Chart } from '@/components/charts/chart';
import type { ChartMarker, ChartSeries } from '@/components/charts/types';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { DaemonsEntity, ServiceChange } from '@/domain/projections/daemons/entities';
import type { DaemonRecord } from '@/server/api/pages/work/daemons';
import { AlertsPanel, CHANGE_TONE, ChangesPanel } from './daemon-lists';
import type { WorkInitial } from '../initial';
import { Loading, QueryNote } from '../query-note';
import { ResourcesPanel } from './resources-panel';
import { ServicesPanel } from './services-panel';

const FOLLOW_MS = 5_000;

export function DaemonsTab({ initial }: { initial: WorkInitial }) {
  const trpc = useTRPC();
  const { input } = usePageSearch();
  const summary = useEntity<DaemonsEntity>('daemons.summary', 'summary');
  const version = useThrottled(summary, FOLLOW_MS);
  const record = useLiveQuery(trpc.pages.work.daemons.queryOptions(input), input, version, initial.daemons);
  return (
    <>
      <QueryNote query={record} />
      <ServicesPanel />
      {record.data === undefined ? (
        <Loading />
      ) : (
        <>
          <HealthPanel record={record.data} />
          <div className="grid min-w-0 gap-3 xl:grid-cols-2">
            <ChangesPanel changes={record.data.changes} />
            <AlertsPanel alerts={record.data.alerts} />
          </div>
          <ResourcesPanel rows={record.data.resources} total={record.data.resources_total} />
        </>
      )}
    </>
  );
}

/** What is told by other changes already, or says nothing about health. */
const UNMARKED: ReadonlySet<ServiceChange['what']> = new Set(['changed', 'stopped']);

/** Health as heartbeats tell it, with what happened to the coordinators as marks. */
function HealthPanel({ record }: { record: DaemonRecord }) {
  const { window, setWindow } = usePageSearch();
  const series = useMemo(() => healthSeries(record), [record]);
  const markers = useMemo(() => marksOf(record), [record]);
  const shown = record.health.length;
  const all = record.services_with_health;
  return (
    <Panel
      title="Health of coordinators"
      hint={
        shown < all
          ? `as heartbeats tell it; the ${formatCount(shown)} worst of ${formatCount(all)}`
          : 'as heartbeats tell it'
      }
    >
      <Chart
        label="Health of coordinators"
        xKind="time"
        unit="%"
        series={series}
        markers={markers}
        window={window}
        onWindow={setWindow}
        levels={LEVELS}
        height={200}
        empty={
          <Empty title="No heartbeat in this stretch">
            A curve begins with a COORDINATOR_HEARTBEAT that tells a health_score.
          </Empty>
        }
      />
    </Panel>
  );
}

/** The score from which a heartbeat ends what was reported as degraded. */
const LEVELS = [{ y: 50, label: 'well from here on', tone: 'warn' }] as const;

function healthSeries({ health }: DaemonRecord): ChartSeries[] {
  return health.map(({ name, points }) => ({
    ...{ id: name, name, kind: 'line' },
    points: points.map(([at, score]) => [at, score * 100] as const),
  }));
}

function marksOf({ changes }: DaemonRecord): ChartMarker[] {
  return changes
    .filter(({ what }) => !UNMARKED.has(what))
    .map(({ at, name, what, event }) => ({
      x: at,
      label: `${name} ${what}`,
      letter: what.charAt(0).toUpperCase(),
      tone: CHANGE_TONE[what],
      event,
    }));
}
