import type { Metadata } from 'next';
import { LiveTopics } from '@/app/_client/live-provider';
import { Page } from '@/components/shell/page';
import { Planned } from '@/components/shell/planned';
import { services } from '@/server/services';
import { ModelsView } from './view';

export const metadata: Metadata = { title: 'Models' };

const PLANNED = [
  'The registry per config: champion, previous, candidates, rejected, rolled back and corrupted models.',
  'One model’s life as a timeline with its lineage, from the games it learned from to the nodes that hold it.',
  'What a model replaced, and what replaced it.',
  'Promote and roll back, with the evidence at the moment of decision.',
];

export default function ModelsPage() {
  return (
    <Page title="Models" lead="Which model is champion of each config, and what became of the others.">
      <LiveTopics snapshots={services().live.snapshot(['models.configs', 'models.models'])}>
        <ModelsView />
      </LiveTopics>
      <Planned items={PLANNED} />
    </Page>
  );
}
