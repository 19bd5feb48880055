import type { Metadata } from 'next';
import { LiveTopics } from '@/app/_client/live-provider';
import { Page } from '@/components/shell/page';
import { Planned } from '@/components/shell/planned';
import { services } from '@/server/services';
import { catalogueEntries } from './entries';
import { CatalogueView } from './view';

export const metadata: Metadata = { title: 'Catalogue' };

/** The catalogue is code: it cannot change while the server runs. */
const ENTRIES = catalogueEntries();

const PLANNED = [
  'Aliases and the place in its lifecycle for each type.',
  'Rate and drift over time, and an example from this history.',
  'The three flow diagrams with live counts.',
];

export default function CataloguePage() {
  return (
    <Page
      title="Catalogue"
      lead="Every event type of the cluster: what it means, what it carries, who sends and who acts."
    >
      <LiveTopics snapshots={services().live.snapshot(['traffic.types'])}>
        <CatalogueView entries={ENTRIES} />
      </LiveTopics>
      <Planned items={PLANNED} />
    </Page>
  );
}
