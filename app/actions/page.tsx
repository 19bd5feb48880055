import type { Metadata } from 'next';
import { viewer } from '@/app/_access/guard';
import type { SearchParams } from 'nuqs/server';
import { Page } from '@/components/shell/page/page';
import { listActions } from '@/server/api/actions/log';
import { listInputOf, loadActionsSearch } from './search-params';
import { ActionsView } from './view';

export const metadata: Metadata = { title: 'Actions' };

export default async function ActionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await viewer();
  const input = listInputOf(await loadActionsSearch(searchParams));
  return (
    <Page title="Actions" lead="What operators did to the cluster, and what came of it.">
      <ActionsView initial={{ input, data: await listActions(input) }} />
    </Page>
  );
}
