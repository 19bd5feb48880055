'use client';

import { memo } from 'react';
import { Page } from '@/components/shell/page/page';
import { Waiting } from '@/components/overview/waiting';
import type { TrafficEntity } from '@/domain/realtime/entities';
import type { ListStart } from '@/server/live/feeds/list-start';
import { useEntity } from './_client/live/live-provider';
import { FiguresAndLists } from './_overview/figures';
import { LoopPanel, PipelinePanel } from './_overview/flow-panels';
import { NewestPanel } from './_overview/newest-panel';
import { RiverPanel } from './_overview/river-panel';

export interface OverviewProps {
  /** The newest events at the time of rendering; null where history could not be read. */
  readonly newest: ListStart | null;
  /** The category of each catalogued event type. */
  readonly categories: readonly (readonly [eventType: string, category: string])[];
}

/**
 * The whole cluster on one page: figures, pipeline and what is wrong (which comes before the pipeline where the window is
 * narrow), then the stream and the two loops.
 */
export function OverviewView({ newest, categories }: OverviewProps) {
  const seen = useEntity<TrafficEntity>('traffic.total', 'all')?.events ?? 0;
  if (seen === 0 && (newest?.rows ?? []).length === 0) {
    return (
      <Page title="Overview">
        <Waiting />
      </Page>
    );
  }
  return <Cluster newest={newest} categories={categories} />;
}

/** Apart from the count of events, which changes all the time: each panel follows what it shows by itself. */
const Cluster = memo(function Cluster({ newest, categories }: OverviewProps) {
  return (
    <Page title="Overview" lead="The training loop, the cluster it runs on, and what needs attention.">
      <FiguresAndLists between={<PipelinePanel />} />
      <div className="grid min-w-0 gap-3 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <RiverPanel newest={newest} categories={categories} />
        <NewestPanel start={newest} />
      </div>
      <LoopPanel flow="quality" />
      <LoopPanel flow="recovery" />
    </Page>
  );
});
