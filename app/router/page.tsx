import type { Metadata } from 'next';
import { LiveTopics } from '@/app/_client/live-provider';
import { Page } from '@/components/shell/page';
import { Planned } from '@/components/shell/planned';
import { services } from '@/server/services';
import { RouterView } from './view';

export const metadata: Metadata = { title: 'Router' };

const TOPICS = ['router.status', 'router.bridges', 'traffic.total', 'traffic.types'];

const PLANNED = [
  'Subscribers, ours and the cluster’s own from its shared file, with their last poll and what waits for them.',
  'Types that nobody subscribes to, and the check of the event flow in words.',
  'Dead letters with payload, to retry or discard one by one and in bulk.',
  'Delivery latency beside commit latency, by type and origin.',
];

export default function RouterPage() {
  return (
    <Page title="Router" lead="Whether events come in, are kept and go out, and what stands in their way.">
      <LiveTopics snapshots={services().live.snapshot(TOPICS)}>
        <RouterView />
      </LiveTopics>
      <Planned items={PLANNED} />
    </Page>
  );
}
