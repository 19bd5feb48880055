import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { viewer } from '@/app/_access/guard';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { Empty } from '@/components/ui/panel/empty';
import { Page } from '@/components/shell/page/page';
import { may } from '@/domain/access/permissions';
import { composition } from '@/server/api/actions/composer-page';
import { services } from '@/server/services';
import { loadComposeSearch } from './search-params';
import { ComposeView } from './view';

export const metadata: Metadata = { title: 'Send an event' };

/** Where names that exist are offered from. */
const TOPICS = ['models.models', 'models.configs', 'nodes.nodes'];

export default async function ComposePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const principal = await viewer();
  const search = await loadComposeSearch(searchParams);
  return (
    <Page
      title="Send an event"
      up={{ href: '/actions', label: 'Actions' }}
      lead="Any type of the catalogue, written by hand: an action like the others, with a reason and an entry in the log."
    >
      {may(principal.role, 'operate') ? (
        <LiveTopics snapshots={services().live.snapshot(TOPICS)}>
          <ComposeView composition={await composition(search)} />
        </LiveTopics>
      ) : (
        <Empty title="Operators send events">
          You are signed in as {principal.role}: you see what was sent, and send nothing.
        </Empty>
      )}
    </Page>
  );
}
