import type { Metadata } from 'next';
import { LiveTopics } from '@/app/_client/live-provider';
import { Page } from '@/components/shell/page';
import { Planned } from '@/components/shell/planned';
import { services } from '@/server/services';
import { QualityView } from './view';

export const metadata: Metadata = { title: 'Quality' };

const PLANNED = [
  'The quality loop live per config, and average quality over time with its thresholds.',
  'How games spread over categories and training weights.',
  'Cause, action, effect: each drop in quality with the penalty, block or boost that followed, and whether it helped.',
  'Parity rates and the freshness of data.',
];

export default function QualityPage() {
  return (
    <Page
      title="Quality"
      lead="How good the games are that the models learn from, and what the loop does about it."
    >
      <LiveTopics snapshots={services().live.snapshot(['flows.steps', 'traffic.types'])}>
        <QualityView />
      </LiveTopics>
      <Planned items={PLANNED} />
    </Page>
  );
}
