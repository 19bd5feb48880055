import type { Metadata } from 'next';
import { LiveTopics } from '@/app/_client/live-provider';
import { Page } from '@/components/shell/page';
import { Planned } from '@/components/shell/planned';
import { services } from '@/server/services';
import { TrainingView } from './view';

export const metadata: Metadata = { title: 'Training' };

const PLANNED = [
  'Train and validation loss, learning rate, anomalies and checkpoints of each run; early stop and best epoch.',
  'Any runs compared on one chart.',
  'Progress with the time that remains.',
  'Failures with their traceback readable.',
];

export default function TrainingPage() {
  return (
    <Page title="Training" lead="Which runs are under way, and how the past ones ended.">
      <LiveTopics snapshots={services().live.snapshot(['pipeline.runs'])}>
        <TrainingView />
      </LiveTopics>
      <Planned items={PLANNED} />
    </Page>
  );
}
