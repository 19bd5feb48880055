'use client';

import { useQueryStates } from 'nuqs';
import { memo, useDeferredValue, useMemo } from 'react';
import { figuresOf, joinFleet } from '@/components/nodes/fleet/fleet';
import { whatIsWrong } from '@/components/nodes/wrong/wrong';
import { WrongList } from '@/components/nodes/wrong/wrong-list';
import { Empty } from '@/components/ui/panel/empty';
import { formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { NodeDetail } from '@/domain/projections';
import type { ClusterEntity } from '@/domain/realtime/entities';
import type { Fleet as FleetAnswer, Leadership, Results, Timelines } from '@/server/api/pages/nodes';
import { useThrottled } from '../_client/live/use-throttled';
import { useEntity, useTopic } from '../_client/live/live-provider';
import { useTRPC } from '../_client/queries/trpc';
import { useLiveQuery, type Initial } from '../_client/queries/use-live-query';
import { ClusterFigures } from './cluster-figures';
import { FleetPanel } from './fleet-panel';
import { LeadershipPanel } from './leadership-panel';
import { ResultsPanel } from './results-panel';
import { nodesParams } from './search-params';
import type { TimelineInput } from './timeline-view';
import { useTick } from './use-tick';

/** A fleet of a thousand changes with every patch; twice a second is as much as anybody reads, and once for a large one. */
const REDRAW_MS = 500;
const LARGE = 200;
const NO_INPUT = {};

export interface NodesViewProps {
  fleet: FleetAnswer;
  results: Initial<{ span: '24h' | '7d' }, Results>;
  timelines: Initial<TimelineInput, Timelines>;
  leadership: Initial<{ since: number | null; until: number | null }, Leadership>;
}

export function NodesView(props: NodesViewProps) {
  const live = useTopic<NodeDetail>('nodes.nodes');
  const shown = useThrottled(live, live.size > LARGE ? 2 * REDRAW_MS : REDRAW_MS);
  // Drawn in slices between other work: nobody waits for it.
  return <Fleet topic={useDeferredValue(shown)} {...props} />;
}

const Fleet = memo(function Fleet({
  topic,
  fleet,
  results,
  timelines,
  leadership,
}: NodesViewProps & { topic: ReadonlyMap<string, NodeDetail> }) {
  const trpc = useTRPC();
  const cluster = useEntity<ClusterEntity>('nodes.cluster', 'cluster');
  const [{ over }] = useQueryStates(nodesParams);
  const span = { span: over };
  const slow = useLiveQuery(trpc.pages.nodes.fleet.queryOptions(), NO_INPUT, useTick(30), {
    input: NO_INPUT,
    data: fleet,
  });
  const compared = useLiveQuery(trpc.pages.nodes.results.queryOptions(span), span, useTick(60), results);
  const nodes = useMemo(() => joinFleet(topic.values(), slow.data?.rows), [topic, slow.data]);
  const figures = useMemo(() => figuresOf(nodes), [nodes]);
  const comparison = compared.data;
  const wrong = useMemo(() => whatIsWrong(nodes, cluster, comparison), [nodes, cluster, comparison]);
  const worse = comparison?.worse;
  const worseNodes = useMemo(() => new Set(worse?.map(({ node }) => node)), [worse]);
  return (
    <>
      <ClusterFigures figures={figures} cluster={cluster} />
      <Panel title="What is wrong" hint={sayWrong(wrong.reduce((sum, { items }) => sum + items.length, 0))}>
        {wrong.length > 0 ? (
          <WrongList groups={wrong} />
        ) : (
          <p className="text-sm text-dim">
            {nodes.length === 0
              ? 'No node is known yet.'
              : 'Nothing: every node is online, heard of within 15 minutes, and its results are like the others’.'}
          </p>
        )}
      </Panel>
      {nodes.length === 0 ? (
        <Panel title="Fleet">
          <Empty title="No node yet">
            A node appears with the first event that names it or comes from it.
          </Empty>
        </Panel>
      ) : (
        <FleetPanel nodes={nodes} worse={worseNodes} timelines={timelines} figures={figures} />
      )}
      <ResultsPanel query={compared} over={over} />
      <LeadershipPanel initial={leadership} />
    </>
  );
});

function sayWrong(count: number): string {
  return count === 0 ? 'nothing at the moment' : `${formatPlural(count, 'finding')}, gravest first`;
}
