import type { States } from '../../../../domain/projections';
import type { Episode, EpisodeStep } from '../../../../domain/projections/quality/entities';
import { episodesOf } from '../../../../domain/projections/quality/episodes';
import { averagesOf } from '../../../../domain/projections/quality/standing';
import { medianOf } from '../median';
import { wants, within, type PageInput } from '../input';

/** Rows of an answer; the figures count all. */
const MAX_ROWS = 100;
/** A new report within this time after quality was back counts as a relapse. */
export const RELAPSE_S = 3_600;

/** What followed one kind of action. `n` of each share stands beside it. */
export type EffectRow = {
  /** `none`: episodes in which nothing was done. */
  kind: EpisodeStep['kind'] | 'none';
  /** Actions (for `none`: episodes). */
  times: number;
  /** Of those with an average before and one after: how many, and after how many the next average was higher. */
  compared: number;
  rose: number;
  /** After how many quality came back before the end of the record, and the median time to it in seconds. */
  recovered: number;
  median_s: number | null;
};

export type QualityEpisodes = {
  /** Newest first, at most 100. */
  rows: Episode[];
  total: number;
  open: number;
  recovered: number;
  /** From the first report to the word that quality is back, over those recovered. */
  median_s: number | null;
  longest_s: number | null;
  /** Recovered episodes after which the config was reported again within an hour. */
  relapsed: number;
  effects: EffectRow[];
};

/** Episodes that began in the stretch asked for, and what followed the actions in them. */
export function qualityEpisodes(states: States, input: PageInput): QualityEpisodes {
  const all = [...states.quality.configs]
    .filter(([config]) => wants(config, input))
    .flatMap(([config, entry]) => episodesOf(config, entry))
    .filter(({ began }) => within(began.timestamp, input))
    .sort((a, b) => b.began.timestamp - a.began.timestamp);
  const durations = all.flatMap(({ duration_s }) => duration_s ?? []);
  return {
    rows: all.slice(0, MAX_ROWS),
    total: all.length,
    open: all.filter(({ ended }) => ended === null).length,
    recovered: durations.length,
    median_s: medianOf(durations),
    longest_s: durations.length === 0 ? null : Math.max(...durations),
    relapsed: all.filter(hasRelapsed).length,
    effects: effectsOf(states, all),
  };
}

function hasRelapsed({ ended, relapse }: Episode): boolean {
  return ended !== null && relapse !== null && relapse.timestamp - ended.timestamp <= RELAPSE_S;
}

/** One action (or inaction) and the episode that it belongs to. */
type Action = { kind: EffectRow['kind']; at: number; episode: Episode };

function actionsOf(episode: Episode): Action[] {
  if (episode.steps.length === 0) return [{ kind: 'none', at: episode.began.timestamp, episode }];
  return episode.steps.map(({ kind, event }) => ({ kind, at: event.timestamp, episode }));
}

function effectsOf(states: States, episodes: readonly Episode[]): EffectRow[] {
  const byKind = new Map<EffectRow['kind'], Action[]>();
  for (const action of episodes.flatMap(actionsOf))
    byKind.set(action.kind, [...(byKind.get(action.kind) ?? []), action]);
  const averages = new Map(
    [...new Set(episodes.map(({ config }) => config))].map((config) => [
      config,
      averagesOf(states.quality, config),
    ]),
  );
  return [...byKind]
    .map(([kind, actions]) => effectRow(kind, actions, averages))
    .sort((a, b) => b.times - a.times);
}

type Averages = ReadonlyMap<string, readonly { t: number; q: number }[]>;

function effectRow(kind: EffectRow['kind'], actions: readonly Action[], averages: Averages): EffectRow {
  const changes = actions.flatMap(
    ({ at, episode }) => changeAt(averages.get(episode.config) ?? [], at) ?? [],
  );
  const waits = actions.flatMap(({ at, episode: { ended } }) => (ended === null ? [] : ended.timestamp - at));
  return {
    kind,
    times: actions.length,
    compared: changes.length,
    rose: changes.filter((change) => change > 0).length,
    recovered: waits.length,
    median_s: medianOf(waits),
  };
}

/** From the last average at or before a moment to the first after it. */
function changeAt(averages: readonly { t: number; q: number }[], at: number): number | null {
  const next = averages.findIndex(({ t }) => t > at);
  const [before, after] = [averages[next - 1], averages[next]];
  return before === undefined || after === undefined ? null : after.q - before.q;
}
