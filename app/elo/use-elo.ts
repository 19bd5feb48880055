'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { LIST_MS, useTopic } from '@/app/_client/live/live-provider';
import { useThrottled } from '@/app/_client/live/use-throttled';
import { useConfigColours } from '@/app/_client/config-colours';
import { usePageSearch, type PageSearchState } from '@/app/_client/page/page-controls';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery, type LiveQuery } from '@/app/_client/queries/use-live-query';
import type { EloEntity } from '@/domain/projections/elo';
import type { ConfigEntity } from '@/domain/realtime/entities';
import type { EloCharts } from '@/server/api/pages/elo/charts';
import type { Leaderboard } from '@/server/api/pages/elo/leaderboard';
import type { EloSummary } from '@/server/api/pages/elo/summary';
import { eloParams, questionOf, type EloParams, type EloQuestion } from './search-params';

/**
 * Curves and models of many configs are hundreds of kilobytes: under steady traffic they are asked for this often. After a
 * pause the next change shows at once.
 */
const WIDE_MS = 10_000;
const NOBODY: readonly string[] = [];

/** What the server rendered the page with. */
export interface EloInitial {
  readonly input: EloQuestion;
  readonly charts: EloCharts;
  readonly summaries: EloSummary[];
  readonly leaderboard: Leaderboard;
}

export interface EloPageState {
  readonly search: PageSearchState;
  readonly params: EloParams;
  readonly setParams: (change: Partial<EloParams>) => void;
  readonly charts: LiveQuery<EloCharts>;
  readonly summaries: LiveQuery<EloSummary[]>;
  readonly leaderboard: LiveQuery<Leaderboard>;
  /** The palette colour of each config that is drawn. */
  readonly colours: ReadonlyMap<string, number>;
}

/** The URL and the answers to what it asks, followed live. */
export function useElo({ input, charts, summaries, leaderboard }: EloInitial): EloPageState {
  const trpc = useTRPC();
  const search = usePageSearch();
  const [params, set] = useQueryStates(eloParams);
  const ratings = useTopic<EloEntity>('elo.configs');
  // A promotion or rollback changes who is champion, and no rating.
  const champions = championsOf(useTopic<ConfigEntity>('models.configs', LIST_MS));
  const version = useMemo(() => [ratings, champions], [ratings, champions]);
  const wide = useThrottled(version, WIDE_MS);
  const asked = JSON.stringify(questionOf(search.input, params));
  const question = useMemo(() => JSON.parse(asked) as EloQuestion, [asked]);
  const { elo } = trpc.pages;
  const setParams = useMemo(() => (change: Partial<EloParams>) => void set(change), [set]);
  const curves = useLiveQuery(elo.charts.queryOptions(question), question, wide, { input, data: charts });
  return {
    search,
    params,
    setParams,
    charts: curves,
    colours: useConfigColours(curves.data?.curves.map(({ config }) => config) ?? NOBODY),
    summaries: useLiveQuery(elo.summaries.queryOptions(question), question, version, {
      input,
      data: summaries,
    }),
    leaderboard: useLiveQuery(elo.leaderboard.queryOptions(question), question, wide, {
      input,
      data: leaderboard,
    }),
  };
}

/** Who is champion of what, as one text: equal as long as nobody else is. */
function championsOf(configs: ReadonlyMap<string, ConfigEntity>): string {
  return [...configs].map(([config, { champion }]) => `${config} ${champion ?? ''}`).join(',');
}
