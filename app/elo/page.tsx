import type { Metadata } from 'next';
import { viewer } from '@/app/_access/guard';
import { RequestMenu } from '@/app/_actions/request/request-menu';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { inputOf, loadPageSearch } from '@/app/_client/page/page-search';
import { Page } from '@/components/shell/page/page';
import { eloAnswers } from '@/server/api/pages/elo';
import { services } from '@/server/services';
import { EloControls } from './controls';
import { loadEloParams, questionOf } from './search-params';
import { EloView } from './view';

export const metadata: Metadata = { title: 'Elo' };

export default async function EloPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await viewer();
  const { live } = services();
  const asked = await searchParams;
  const input = questionOf(inputOf(loadPageSearch(asked), live.clock()), loadEloParams(asked));
  return (
    <Page
      title="Elo"
      lead="How strong each config plays, how fast it learns, and what its evaluations prove."
      header={
        <>
          <RequestMenu page="config" />
          <EloControls configs={[...live.states().elo.configs.keys()]} />
        </>
      }
    >
      <LiveTopics snapshots={live.snapshot(['elo.configs', 'models.configs'])}>
        <EloView initial={{ input, ...eloAnswers(live.states(), input) }} />
      </LiveTopics>
    </Page>
  );
}
