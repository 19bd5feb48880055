import type { Metadata } from 'next';
import { viewer } from '@/app/_access/guard';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { Page } from '@/components/shell/page/page';
import { services } from '@/server/services';
import { catalogueEntries } from './entries';
import { CatalogueView } from './view';

export const metadata: Metadata = { title: 'Catalogue' };

/** The catalogue is code: it cannot change while the server runs. */
const ENTRIES = catalogueEntries();

const TOPICS = ['traffic.types', 'pipeline.stages', 'flows.steps'];

export default async function CataloguePage() {
  await viewer();
  return (
    <Page
      title="Catalogue"
      lead="Every event type of the cluster: what it means, what it carries, who sends and who acts."
    >
      <LiveTopics snapshots={services().live.snapshot(TOPICS)}>
        <CatalogueView entries={ENTRIES} />
      </LiveTopics>
    </Page>
  );
}
