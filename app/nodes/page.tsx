import type { Metadata } from 'next';
import { viewer } from '@/app/_access/guard';
import { RequestMenu } from '@/app/_actions/request/request-menu';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { inputOf, loadPageSearch } from '@/app/_client/page/page-search';
import { joinFleet, troubleFirst } from '@/components/nodes/fleet/fleet';
import { Page } from '@/components/shell/page/page';
import { nodeEntity } from '@/domain/projections/nodes';
import { fleetNow, resultsNow } from '@/server/api/pages/nodes';
import { timelines, windowOf } from '@/server/api/pages/nodes/bands';
import { leadership } from '@/server/api/pages/nodes/leadership';
import { services } from '@/server/services';
import { RangeControl } from './range-control';
import { loadNodesSearch } from './search-params';
import { TIMELINE_PAGE } from './timeline-page';
import { NodesView } from './view';

export const metadata: Metadata = { title: 'Nodes' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NodesPage({ searchParams }: Props) {
  await viewer();
  const { over } = await loadNodesSearch(searchParams);
  const { live } = services();
  const { since, until } = inputOf(await loadPageSearch(searchParams), live.clock());
  const { nodes } = live.states();
  const entities = [...nodes.nodes.keys()].flatMap((key) => nodeEntity(nodes, key) ?? []);
  const first = troubleFirst(joinFleet(entities, undefined)).slice(0, TIMELINE_PAGE);
  const names = first.map(({ node }) => node);
  const stretch = { since, until };
  return (
    <Page
      title="Nodes"
      lead="Which machines are up, how loaded they are, what is wrong with them, and who leads."
      header={
        <>
          <RequestMenu page="/nodes" />
          <RangeControl />
        </>
      }
    >
      <LiveTopics snapshots={live.snapshot(['nodes.nodes', 'nodes.cluster'])}>
        <NodesView
          fleet={fleetNow('all')}
          results={{ input: { span: over }, data: resultsNow(over) }}
          timelines={{
            input: { nodes: names, ...stretch },
            data: timelines(nodes, { nodes: names, ...stretch }),
          }}
          leadership={{ input: stretch, data: leadership(nodes, ...windowOf(nodes, stretch)) }}
        />
      </LiveTopics>
    </Page>
  );
}
