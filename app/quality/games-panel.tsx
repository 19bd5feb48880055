import { memo } from 'react';
import { Bars, type BarRow } from '@/components/charts/bars';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatPercent, formatPlural, formatQuality, humanise } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Time } from '@/components/ui/time/time';
import type { Tone } from '@/components/ui/signs/tone';
import type { QualityGames } from '@/server/api/pages/quality/games';
import { Weights } from './weights';

const TONES: Readonly<Record<QualityGames['categories'][number]['name'], Tone>> = {
  excellent: 'ok',
  good: 'ok',
  adequate: 'info',
  poor: 'warn',
  unusable: 'bad',
  other: 'off',
};

/** How scores of single games spread over categories and training weights. */
export const GamesPanel = memo(function GamesPanel({ data }: { data: QualityGames | undefined }) {
  if (data === undefined || data.games === 0)
    return (
      <Panel title="Single games">
        <Empty title="No score of a single game in this stretch">
          {data !== undefined && data.unnamed > 0
            ? `${formatPlural(data.unnamed, 'game')} named no config: they are shown when no config is picked.`
            : 'It comes with QUALITY_SCORE_UPDATED that says is_per_game.'}
        </Empty>
      </Panel>
    );
  return (
    <Panel
      title="Single games"
      hint={`${formatPlural(data.games, 'game')} scored one by one, whole hours`}
      bodyClassName="flex flex-col gap-4"
    >
      <Figures data={data} />
      <section className="flex flex-col gap-2">
        <h3 className="text-xs font-medium text-dim">By category</h3>
        <Bars label="Games by quality category" unit="games" rows={categoryRows(data)} />
      </section>
      <section className="flex flex-col gap-2">
        <h3 className="text-xs font-medium text-dim">By training weight</h3>
        <Weights bins={data.weights} />
      </section>
    </Panel>
  );
});

function Figures({ data: { mean, scored, decisive, games, from, to, unnamed } }: { data: QualityGames }) {
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-dim">
      <span>
        mean <span className="font-semibold text-fg">{formatQuality(mean)}</span> of {formatCount(scored)}
      </span>
      <span>
        decisive {formatPercent(decisive / games)} ({formatCount(decisive)})
      </span>
      {from !== null && to !== null && (
        <span className="text-faint">
          <Time at={from} /> to <Time at={to} />
        </span>
      )}
      {unnamed > 0 && (
        <span className="text-faint">{formatPlural(unnamed, 'game')} without a config left out</span>
      )}
    </p>
  );
}

function categoryRows({ categories, games }: QualityGames): BarRow[] {
  return categories
    .filter(({ name, count }) => name !== 'other' || count > 0)
    .map(({ name, count }) => ({
      key: name,
      label: humanise(name),
      value: count,
      note: formatPercent(count / games),
      tone: TONES[name],
      href: name === 'other' ? undefined : `/events?type=QUALITY_SCORE_UPDATED&q=${name}`,
    }));
}
