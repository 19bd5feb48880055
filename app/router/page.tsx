import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { viewer } from '@/app/_access/guard';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { inputOf, loadPageSearch } from '@/app/_client/page/page-search';
import { Page } from '@/components/shell/page/page';
import { letterList, trafficOf, type LetterList, type LettersInput } from '@/server/api/pages/router';
import { services } from '@/server/services';
import { lettersInputOf, loadLetterSearch, loadTrafficSearch, trafficInputOf } from './search-params';
import { RouterView } from './view';

export const metadata: Metadata = { title: 'Router' };

const TOPICS = ['router.status', 'router.bridges', 'traffic.total', 'traffic.types'];

/** Null when history cannot be read: the figures come from memory and must not wait for it. */
async function firstLetters(input: LettersInput): Promise<LetterList | null> {
  try {
    return await letterList(input);
  } catch (error) {
    services().log.warn(
      { err: error },
      'the router page is shown without dead letters: history cannot be read',
    );
    return null;
  }
}

export default async function RouterPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await viewer();
  const { live, router } = services();
  const [search, traffic] = [await loadPageSearch(searchParams), await loadTrafficSearch(searchParams)];
  const input = trafficInputOf(traffic, search, inputOf(search, live.clock()));
  const lettersInput = lettersInputOf(await loadLetterSearch(searchParams));
  const snapshots = live.snapshot(TOPICS);
  const [report, letters] = await Promise.all([router.report(), firstLetters(lettersInput)]);
  return (
    <Page title="Router" lead="Whether events come in, are kept and go out, and what stands in their way.">
      <LiveTopics snapshots={snapshots}>
        <RouterView
          report={report}
          traffic={{ input, data: trafficOf(input) }}
          letters={letters && { input: lettersInput, data: letters }}
        />
      </LiveTopics>
    </Page>
  );
}
