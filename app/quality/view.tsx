'use client';

import { useMemo } from 'react';
import { useThrottled } from '@/app/_client/live/use-throttled';
import { useTopic } from '@/app/_client/live/live-provider';
import { usePageSearch } from '@/app/_client/page/page-controls';
import type { PageInput } from '@/app/_client/page/page-search';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery } from '@/app/_client/queries/use-live-query';
import { Panel } from '@/components/ui/panel/panel';
import type { Json } from '@/domain/json';
import type {
  Episode,
  FreshnessEntity,
  ParityEntity,
  QualityEntity,
  TallyEntity,
} from '@/domain/projections/quality/entities';
import type { QualityAverages } from '@/server/api/pages/quality/averages';
import type { QualityEpisodes } from '@/server/api/pages/quality/episodes';
import type { QualityGames } from '@/server/api/pages/quality/games';
import type { QualityParity } from '@/server/api/pages/quality/parity';
import { AveragesPanel } from './averages-panel';
import { Effects } from './_episodes/effects';
import { EpisodesTable } from './_episodes/episodes-table';
import { FreshnessPanel } from './freshness-panel';
import { GamesPanel } from './games-panel';
import { Headline } from './_standing/headline';
import { LoopPanel, type LoopInitial } from './loop-panel';
import { ParityPanel } from './parity-panel';
import { standingRow, StandingTable } from './_standing/standing-table';
import { compareStanding } from './states';
import { TalliesPanel } from './tallies-panel';

/** What the server rendered the page with. */
export interface QualityInitial {
  readonly input: PageInput;
  readonly averages: QualityAverages;
  readonly episodes: QualityEpisodes;
  readonly games: QualityGames;
  readonly parity: QualityParity;
  readonly loop: LoopInitial;
}

/** Charts and episodes span hours: asked for again this often under steady traffic, they stay light for a thousand nodes. */
const WIDE_MS = 10_000;
const READABLE_MS = 500;
const NO_EPISODES: readonly Episode[] = [];

export function QualityView({ initial }: { initial: QualityInitial }) {
  const { search, input, window, setWindow } = usePageSearch();
  const configs = useReadable<QualityEntity>('quality.configs');
  const freshness = useReadable<FreshnessEntity>('quality.freshness');
  const parity = useReadable<ParityEntity>('quality.parity');
  const tallies = useReadable<TallyEntity>('quality.tallies');
  const answers = useAnswers(input, initial, configs, parity);
  const asked = search.config;
  const standing = useMemo(() => ofConfigs(configs, asked).sort(compareStanding), [configs, asked]);
  const fresh = useMemo(() => ofConfigs(freshness, asked), [freshness, asked]);
  const parities = useMemo(() => ofConfigs(parity, asked), [parity, asked]);
  const everywhere = useMemo(() => [...configs.values()].sort(compareStanding), [configs]);
  return (
    <>
      <Headline configs={standing} freshness={fresh} parity={parities} episodes={answers.episodes.data} />
      <Panel title="Quality by config" hint="worst first" flush>
        <StandingTable
          rows={standing.map((quality) => standingRow(quality, freshness.get(quality.config)))}
        />
      </Panel>
      <LoopPanel configs={everywhere} chosen={asked} initial={initial.loop} />
      <AveragesPanel data={answers.averages.data} window={window} onWindow={setWindow} />
      <Panel title="Cause, action, effect" hint="spells below the threshold, and what was done in them" flush>
        <EpisodesTable rows={answers.episodes.data?.rows ?? NO_EPISODES} />
        {answers.episodes.data !== undefined && answers.episodes.data.total > 0 && (
          <Effects episodes={answers.episodes.data} />
        )}
      </Panel>
      <div className="grid min-w-0 gap-3 xl:grid-cols-2">
        <GamesPanel data={answers.games.data} />
        <ParityPanel rows={parities} data={answers.parity.data} window={window} onWindow={setWindow} />
      </div>
      <FreshnessPanel rows={fresh} />
      <TalliesPanel rows={[...tallies.values()]} />
    </>
  );
}

/** A topic at a pace that can be read: figures that change faster only keep the browser busy. */
function useReadable<T extends Json>(topic: string): ReadonlyMap<string, T> {
  return useTopic<T>(topic, READABLE_MS);
}

/** The entities of the configs that the page is about; of none: all. */
function ofConfigs<T extends { config: string }>(
  entities: ReadonlyMap<string, T>,
  configs: readonly string[],
): T[] {
  const all = [...entities.values()];
  return configs.length === 0 ? all : all.filter(({ config }) => configs.includes(config));
}

function useAnswers(input: PageInput, initial: QualityInitial, configs: unknown, parity: unknown) {
  const { quality } = useTRPC().pages;
  const wide = useThrottled(configs, WIDE_MS);
  const rare = useThrottled(parity, WIDE_MS);
  const first = initial.input;
  return {
    averages: useLiveQuery(quality.averages.queryOptions(input), input, wide, {
      input: first,
      data: initial.averages,
    }),
    episodes: useLiveQuery(quality.episodes.queryOptions(input), input, wide, {
      input: first,
      data: initial.episodes,
    }),
    games: useLiveQuery(quality.games.queryOptions(input), input, wide, {
      input: first,
      data: initial.games,
    }),
    parity: useLiveQuery(quality.parity.queryOptions(input), input, rare, {
      input: first,
      data: initial.parity,
    }),
  };
}
