import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { viewer } from '@/app/_access/guard';
import { RequestMenu } from '@/app/_actions/request/request-menu';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { PageControls } from '@/app/_client/page/page-controls';
import { inputOf, loadPageSearch } from '@/app/_client/page/page-search';
import { Page } from '@/components/shell/page/page';
import { qualityAverages } from '@/server/api/pages/quality/averages';
import { qualityEpisodes } from '@/server/api/pages/quality/episodes';
import { qualityGames } from '@/server/api/pages/quality/games';
import { qualityLoop } from '@/server/api/pages/quality/loop';
import { qualityParity } from '@/server/api/pages/quality/parity';
import { services } from '@/server/services';
import { loadQualitySearch, loopConfig } from './search-params';
import { QualityView, type QualityInitial } from './view';

export const metadata: Metadata = { title: 'Quality' };

const TOPICS = ['quality.configs', 'quality.freshness', 'quality.parity', 'quality.tallies', 'flows.steps'];

export default async function QualityPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await viewer();
  const { live } = services();
  const search = await loadPageSearch(searchParams);
  const { loop } = await loadQualitySearch(searchParams);
  const states = live.states();
  const initial = initialOf(inputOf(search, minute(live.clock())), loopConfig(loop, search.config));
  return (
    <Page
      title="Quality"
      lead="How good the games are that the models learn from, and what the loop does about it."
      header={
        <>
          <RequestMenu page="/quality" />
          <PageControls configs={[...states.quality.configs.keys()]} />
        </>
      }
    >
      <LiveTopics snapshots={live.snapshot(TOPICS)}>
        <QualityView initial={initial} />
      </LiveTopics>
    </Page>
  );
}

/** As the page's own controls count: relative ranges end at the minute of the newest event. */
function minute(clock: number | null): number | null {
  return clock === null ? null : Math.floor(clock / 60) * 60;
}

function initialOf(input: QualityInitial['input'], config: string | null): QualityInitial {
  const states = services().live.states();
  return {
    input,
    averages: qualityAverages(states, input),
    episodes: qualityEpisodes(states, input),
    games: qualityGames(states, input),
    parity: qualityParity(states, input),
    loop: config === null ? null : { input: { config }, data: qualityLoop(states, config) },
  };
}
