import type { EventRef } from '../../../../domain/realtime/entities';
import type { States } from '../../../../domain/projections';
import { episodesOf } from '../../../../domain/projections/quality/episodes';
import { gameHours, type GameHour } from '../../../../domain/projections/quality/games';
import { refOfMark, type MarkKind } from '../../../../domain/projections/quality/marks';
import {
  announcementsOf,
  averagesOf,
  qualityEntity,
  type ScorePoint,
} from '../../../../domain/projections/quality/standing';
import { compareStamps } from '../../../../domain/projections/shared/order';
import { thinOut } from '../downsample';
import { within, wants, type PageInput } from '../input';

/** More lines than these cannot be told apart; of more configs the worst are drawn. */
const MAX_SERIES = 8;
/** Over all series of an answer, so that it stays small while it is asked for again and again. */
const MAX_ALL_POINTS = 2_400;
const MAX_MARKERS = 60;
const MAX_ANNOUNCED = 200;
/** So few configs leave room for everything that happened to them. */
const DETAILED = 2;

/** A line of a chart: x is epoch seconds, `events` the ids of the events behind the points, by index. */
export type QualityLine = { config: string; points: [t: number, value: number][]; events: string[] };

/**
 * What happened at a moment of the chart: the first report of an episode, a training block, an exploration boost, a failed
 * check; with one or two configs drawn also LOW_QUALITY_DATA_WARNING and the feedback that lifted a penalty.
 */
export type QualityMarker = {
  kind: 'degraded' | 'blocked' | 'boosted' | 'check_failed' | 'warned' | 'lifted';
  event: EventRef;
};

/** Average quality over time, 0..1. */
export type QualityAverages = {
  series: QualityLine[];
  /** Mean score of single games per hour of event time; `games` is how many, by index. x is the middle of the hour. */
  perGame: { points: [t: number, mean: number][]; events: string[]; games: number[] };
  /** What HIGH_QUALITY_DATA_AVAILABLE told, with one or two configs drawn; else empty. */
  announced: QualityLine[];
  /** Thresholds in force among the configs drawn, and what training asked for where it was held back. */
  levels: { kind: 'threshold' | 'required'; value: number; configs: number }[];
  markers: QualityMarker[];
  /** Configs asked for that are not drawn, because there are too many. */
  omitted: number;
};

/** Lines, levels and marks of the chart of average quality. Configs without an average in the stretch are left out. */
export function qualityAverages(states: States, input: PageInput): QualityAverages {
  const all = [...states.quality.configs.keys()]
    .filter((config) => wants(config, input))
    .flatMap((config) => inStretch(config, averagesOf(states.quality, config), input));
  const drawn = worst(states, all).sort((a, b) => a.config.localeCompare(b.config, 'en', { numeric: true }));
  const names = drawn.map(({ config }) => config);
  const limit = Math.min(1_000, Math.floor(MAX_ALL_POINTS / Math.max(1, names.length)));
  const detailed = names.length <= DETAILED;
  return {
    series: drawn.map((line) => lineOf(line, limit)),
    perGame: perGameMeans(states, input),
    announced: detailed ? names.flatMap((config) => announcedLine(states, config, input)) : [],
    levels: levelsOf(states, names),
    markers: names
      .flatMap((config) => markersOf(states, config, input, detailed))
      .sort(byTime)
      .slice(-MAX_MARKERS),
    omitted: all.length - drawn.length,
  };
}

type Line = { config: string; points: ScorePoint[] };

function inStretch(config: string, points: readonly ScorePoint[], input: PageInput): Line[] {
  const found = points.filter(({ t }) => within(t, input));
  return found.length === 0 ? [] : [{ config, points: found }];
}

/** Those with the least room above their threshold. */
function worst(states: States, lines: readonly Line[]): Line[] {
  if (lines.length <= MAX_SERIES) return [...lines];
  const margin = ({ config, points }: Line): number =>
    (points.at(-1)?.q ?? 0) - (qualityEntity(states.quality, config)?.threshold ?? 0);
  return [...lines].sort((a, b) => margin(a) - margin(b)).slice(0, MAX_SERIES);
}

function lineOf({ config, points }: Line, limit: number): QualityLine {
  const kept = thinOut(
    points,
    ({ t }) => t,
    ({ q }) => q,
    limit,
  );
  return { config, points: kept.map(({ t, q }) => [t, q]), events: kept.map(({ id }) => id) };
}

function announcedLine(states: States, config: string, input: PageInput): QualityLine[] {
  return inStretch(config, announcementsOf(states.quality, config), input).map((line) =>
    lineOf(line, MAX_ANNOUNCED),
  );
}

function perGameMeans(states: States, input: PageInput): QualityAverages['perGame'] {
  const configs = input.configs.length === 0 ? null : input.configs;
  const byHour = new Map<number, Pick<GameHour, 'sum' | 'scored' | 'last'>>();
  for (const [hour, { sum, scored, last }] of gameHours(states.quality, configs, input.since, input.until)) {
    const before = byHour.get(hour);
    byHour.set(hour, {
      sum: sum + (before?.sum ?? 0),
      scored: scored + (before?.scored ?? 0),
      last: before === undefined || compareStamps(last, before.last) > 0 ? last : before.last,
    });
  }
  const hours = [...byHour].filter(([, { scored }]) => scored > 0).slice(-1_000);
  return {
    points: hours.map(([hour, { sum, scored }]) => [(hour + 0.5) * 3600, sum / scored]),
    events: hours.map(([, { last }]) => last.id),
    games: hours.map(([, { scored }]) => scored),
  };
}

function levelsOf(states: States, configs: readonly string[]): QualityAverages['levels'] {
  const levels = new Map<string, QualityAverages['levels'][number]>();
  const add = (kind: 'threshold' | 'required', value: number | null): void => {
    if (value === null) return;
    const level = levels.get(`${kind} ${value}`) ?? { kind, value, configs: 0 };
    level.configs += 1;
    levels.set(`${kind} ${value}`, level);
  };
  for (const config of configs) {
    const entity = qualityEntity(states.quality, config);
    add('threshold', entity?.threshold ?? null);
    add('required', entity?.required ?? null);
  }
  return [...levels.values()].sort((a, b) => a.value - b.value);
}

const MARKED: ReadonlyMap<MarkKind, QualityMarker['kind']> = new Map([
  ['block', 'blocked'],
  ['boost', 'boosted'],
  ['check', 'check_failed'],
]);
const MARKED_IN_DETAIL: ReadonlyMap<MarkKind, QualityMarker['kind']> = new Map([
  ...MARKED,
  ['warning', 'warned'],
  ['lift', 'lifted'],
]);

/** Episodes by their first report, other marks each. */
function markersOf(states: States, config: string, input: PageInput, detailed: boolean): QualityMarker[] {
  const entry = states.quality.configs.get(config);
  if (entry === undefined) return [];
  const kinds = detailed ? MARKED_IN_DETAIL : MARKED;
  const began = episodesOf(config, entry).map(({ began: event }): QualityMarker => ({
    kind: 'degraded',
    event,
  }));
  const other = entry.marks.flatMap((mark): QualityMarker[] => {
    const kind = kinds.get(mark.kind);
    return kind === undefined ? [] : [{ kind, event: refOfMark(mark, config) }];
  });
  return [...began, ...other].filter(({ event }) => within(event.timestamp, input));
}

function byTime(a: QualityMarker, b: QualityMarker): number {
  return a.event.timestamp - b.event.timestamp;
}
