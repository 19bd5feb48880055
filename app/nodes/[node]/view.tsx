'use client';

import Link from 'next/link';
import { AskButton } from '@/app/_actions/request/ask-button';
import { useEntity } from '@/app/_client/live/live-provider';
import { usePageSearch } from '@/app/_client/page/page-controls';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery, type Initial } from '@/app/_client/queries/use-live-query';
import { nodeEventsHref } from '@/components/nodes/href';
import { StatusWord } from '@/components/nodes/status-shape';
import { Page } from '@/components/shell/page/page';
import { Button } from '@/components/ui/controls/button';
import { Empty } from '@/components/ui/panel/empty';
import type { ListStart } from '@/server/live/feeds/list-start';
import type { ClusterEntity } from '@/domain/realtime/entities';
import type { NodeDetailAnswer, Results } from '@/server/api/pages/nodes';
import { RangeControl } from '../range-control';
import { useTick } from '../use-tick';
import { ChampionsPanel } from './champions-panel';
import { ComparedPanel } from './compared-panel';
import { EventsPanel, FailuresPanel } from './events-panels';
import { FactsPanel } from './facts-panel';
import { SeriesPanel } from './series-panel';
import { StatesPanel } from './states-panel';
import { WorkPanel } from './work-panel';

const UP = { href: '/nodes', label: 'Nodes' };

type Input = { node: string; since: number | null; until: number | null };

/** Everything about one node. It is asked for anew as event time moves on, so only what is seen travels. */
export function NodeView({
  node,
  detail,
  failures,
  events,
  results,
}: {
  node: string;
  /** Its version: the newest event that it is as of. */
  detail: Initial<Input, NodeDetailAnswer> & { readonly version: number };
  failures: ListStart;
  events: ListStart;
  results: Results;
}) {
  const trpc = useTRPC();
  const { input: page } = usePageSearch();
  const cluster = useEntity<ClusterEntity>('nodes.cluster', 'cluster');
  const input = { node, since: page.since, until: page.until };
  const tick = useTick(5, detail.version);
  const { data, error } = useLiveQuery(trpc.pages.nodes.node.queryOptions(input), input, tick, detail);
  if (data === undefined || data === null)
    return (
      <Page title={node} up={UP}>
        <Empty title={error ?? 'This node is gone'}>It was dropped as the longest silent of many.</Empty>
      </Page>
    );
  return (
    <Page
      title={node}
      up={UP}
      lead={<StatusWord status={data.document.status} />}
      header={
        <>
          <Button asChild>
            <Link href={nodeEventsHref(node)} prefetch={false}>
              Its events
            </Link>
          </Button>
          <AskButton kind="nodes.recover" preset={{ target: node }} label={`Recover ${node}…`}>
            Recover…
          </AskButton>
          <RangeControl />
        </>
      }
    >
      <FactsPanel data={data} leads={cluster?.leader === node} />
      <StatesPanel data={data} />
      <SeriesPanel data={data} />
      <div className="grid items-start gap-3 xl:grid-cols-2">
        <WorkPanel data={data} />
        <ComparedPanel node={node} initial={results} />
        <ChampionsPanel data={data} />
        <FailuresPanel node={node} start={failures} />
      </div>
      <EventsPanel node={node} start={events} />
    </Page>
  );
}
