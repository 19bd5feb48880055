'use client';

import { EventLink } from '@/components/live/event-link';
import {
  formatCount,
  formatDuration,
  formatFixed,
  formatPlural,
  formatQuality,
  NONE,
} from '@/components/ui/format';
import { Stat } from '@/components/ui/panel/stat';
import { ToneShape } from '@/components/ui/signs/status-dot';
import { Age } from '@/components/ui/time/time';
import type { FreshnessEntity, ParityEntity, QualityEntity } from '@/domain/projections/quality/entities';
import type { QualityEpisodes } from '@/server/api/pages/quality/episodes';
import { agreementOf } from './agreement';
import { linked } from '../refs';
import { isBelow, marginOf, STATE_LOOK } from '../states';

/** The page in five figures: who is below, the lowest, how long it takes to recover, how fresh, how equal. */
export function Headline({
  configs,
  freshness,
  parity,
  episodes,
}: {
  /** Worst first. */
  configs: readonly QualityEntity[];
  freshness: readonly FreshnessEntity[];
  parity: readonly ParityEntity[];
  episodes: QualityEpisodes | undefined;
}) {
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 rounded-md border bg-surface p-3 sm:grid-cols-3 lg:grid-cols-5">
      <Below configs={configs} />
      <Lowest configs={configs} />
      <Recovery episodes={episodes} />
      <Newest freshness={freshness} />
      <Parity parity={parity} />
    </div>
  );
}

/** The table below the figures names them all, worst first. */
const NAMED = 3;

function worstOf(below: readonly QualityEntity[]): string {
  const named = below.slice(0, NAMED).map(({ config, state }) => `${config} ${state}`);
  const more = below.length - named.length;
  return [...named, ...(more > 0 ? [`${formatCount(more)} more below`] : [])].join(', ');
}

function Below({ configs }: { configs: readonly QualityEntity[] }) {
  const below = configs.filter(isBelow);
  const worst = below[0];
  const known = configs.filter(({ state }) => state !== 'unknown').length;
  return (
    <Stat
      label="Configs in trouble"
      value={
        <span className="flex items-center gap-1.5">
          <ToneShape
            tone={worst === undefined ? (known === 0 ? 'off' : 'ok') : STATE_LOOK[worst.state].tone}
          />
          {known === 0 ? NONE : formatCount(below.length)}
        </span>
      }
      unit={known === 0 ? undefined : `of ${formatCount(known)}`}
      hint={known === 0 ? 'no average yet' : below.length === 0 ? 'none below its threshold' : worstOf(below)}
    />
  );
}

function Lowest({ configs }: { configs: readonly QualityEntity[] }) {
  const lowest = configs.reduce<QualityEntity | undefined>(
    (least, each) =>
      each.average !== null && marginOf(each) < (least ? marginOf(least) : Infinity) ? each : least,
    undefined,
  );
  return (
    <Stat
      label="Closest to its threshold"
      value={
        <EventLink
          event={linked('QUALITY_SCORE_UPDATED', lowest?.average_id ?? null, lowest?.average_at ?? null)}
        >
          {formatQuality(lowest?.average ?? null)}
        </EventLink>
      }
      unit={lowest === undefined ? undefined : `threshold ${lowest.threshold}`}
      hint={lowest?.config ?? 'no average yet'}
    />
  );
}

function Recovery({ episodes }: { episodes: QualityEpisodes | undefined }) {
  const median = episodes?.median_s ?? null;
  return (
    <Stat
      label="Median time to recovery"
      value={formatDuration(median)}
      hint={
        episodes === undefined
          ? ''
          : `n = ${episodes.recovered} of ${formatPlural(episodes.total, 'episode')}, ${episodes.open} open`
      }
    />
  );
}

function Newest({ freshness }: { freshness: readonly FreshnessEntity[] }) {
  const known = freshness.filter(({ games_at: at }) => at !== null);
  const oldest = known.sort((a, b) => (a.games_at ?? 0) - (b.games_at ?? 0));
  const [first, last] = [oldest[0], oldest.at(-1)];
  return (
    <Stat
      label="Newest games"
      value={
        <EventLink event={linked('NEW_GAMES_AVAILABLE', last?.games_id ?? null, last?.games_at ?? null)} />
      }
      hint={
        first?.games_at == null ? (
          'no new games yet'
        ) : (
          <>
            longest without: {first.config}, <Age at={first.games_at} />
          </>
        )
      }
    />
  );
}

function Parity({ parity }: { parity: readonly ParityEntity[] }) {
  const { games, share } = agreementOf(parity);
  const failing = parity.filter(({ success }) => success === false);
  return (
    <Stat
      label="Parity"
      value={share === null ? NONE : `${formatFixed(share * 100, 2)} %`}
      unit={share === null ? undefined : 'of games agree'}
      hint={
        failing.length === 0
          ? `${formatPlural(games, 'game')} validated, ever`
          : `last one failed: ${failing.map(({ config }) => config).join(', ')}`
      }
    />
  );
}
