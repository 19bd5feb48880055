import type { Metadata } from 'next';
import { LiveTopics } from '@/app/_client/live-provider';
import { Page } from '@/components/shell/page';
import { Planned } from '@/components/shell/planned';
import { services } from '@/server/services';
import { NodesView } from './view';

export const metadata: Metadata = { title: 'Nodes' };

const PLANNED = [
  'The fleet as a grid, for one machine or a thousand, with what each of them works on.',
  'Health score over time, and bands of states with availability over 1 h, 24 h and 7 d.',
  'Leader, term and quorum with their history.',
  'Nodes that flap, fall silent or contradict themselves, named with the events that say so.',
  'Games per hour per node, and where a node’s results deviate from the others’, with the statistics.',
];

export default function NodesPage() {
  return (
    <Page title="Nodes" lead="Which machines are up, how loaded they are, and who leads them.">
      <LiveTopics snapshots={services().live.snapshot(['nodes.nodes', 'nodes.cluster'])}>
        <NodesView />
      </LiveTopics>
      <Planned items={PLANNED} />
    </Page>
  );
}
