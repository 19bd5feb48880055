import type { Metadata } from 'next';
import { viewer } from '@/app/_access/guard';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { Page } from '@/components/shell/page/page';
import { services } from '@/server/services';
import { ModelsControls } from './controls';
import { ModelsView } from './view';

export const metadata: Metadata = { title: 'Models' };

export default async function ModelsPage() {
  await viewer();
  return (
    <LiveTopics snapshots={services().live.snapshot(['models.configs', 'models.models'])}>
      <Page
        title="Models"
        lead="Which model is champion of each config, and what became of the others."
        header={<ModelsControls />}
      >
        <ModelsView />
      </Page>
    </LiveTopics>
  );
}
