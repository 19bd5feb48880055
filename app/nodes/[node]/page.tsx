import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { viewer } from '@/app/_access/guard';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { inputOf, loadPageSearch } from '@/app/_client/page/page-search';
import { nodeOfPath } from '@/components/nodes/href';
import { resultsNow } from '@/server/api/pages/nodes';
import { nodeDetail } from '@/server/api/pages/nodes/detail';
import { services } from '@/server/services';
import { NodeView } from './view';

type Props = {
  params: Promise<{ node: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

async function nameOf({ params, searchParams }: Props): Promise<string> {
  const given = (await searchParams)['name'];
  return nodeOfPath((await params).node, typeof given === 'string' ? given : undefined);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  await viewer();
  const node = await nameOf(props);
  return { title: services().live.states().nodes.nodes.has(node) ? node : 'No such node' };
}

const NEWEST = 30;

export default async function NodePage(props: Props) {
  await viewer();
  const node = await nameOf(props);
  const { live, newest } = services();
  const { since, until } = inputOf(await loadPageSearch(props.searchParams), live.clock());
  const input = { node, since, until };
  const asOf = live.status().as_of_seq;
  const detail = nodeDetail(live.states(), input);
  if (detail === null) notFound();
  const [failures, events] = await Promise.all([
    newest({ node: [node], severity: ['warning', 'error', 'critical'] }, NEWEST),
    newest({ node: [node] }, NEWEST),
  ]);
  return (
    <LiveTopics snapshots={live.snapshot(['nodes.cluster'])}>
      <NodeView
        node={node}
        detail={{ input, data: detail, version: asOf }}
        failures={failures}
        events={events}
        results={resultsNow('7d')}
      />
    </LiveTopics>
  );
}
