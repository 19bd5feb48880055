import type { Metadata } from 'next';
import { LiveTopics } from '@/app/_client/live-provider';
import { Page } from '@/components/shell/page';
import { Planned } from '@/components/shell/planned';
import { services } from '@/server/services';
import { WorkView } from './view';

export const metadata: Metadata = { title: 'Work' };

const PLANNED = [
  'Depth and age of the queue by type and priority; work claimed, running, done, retried, timed out, cancelled, preempted.',
  'Tasks that were orphaned or abandoned.',
  'Locks held, waited for and timed out, and deadlocks.',
  'Daemons and coordinators with heartbeat and health.',
  'Optimisation (CMA-ES, NAS, PBT) and curriculum, with weights over time.',
];

export default function WorkPage() {
  return (
    <Page title="Work" lead="What the cluster is busy with besides the loop itself.">
      <LiveTopics snapshots={services().live.snapshot(['traffic.types'])}>
        <WorkView />
      </LiveTopics>
      <Planned items={PLANNED} />
    </Page>
  );
}
