import type { EventRef } from '../../realtime/entities';
import { compareStamps, isSet, type Stamp } from '../shared/order';
import type { QualityEntity, QualityStateName } from './entities';
import { thresholdOf } from './loop';
import { refOfMark, type Mark, type MarkKind } from './marks';
import { isAverage, isGood, lastAverages, trendPerHour, type Score } from './scores';
import type { ConfigQuality, QualityState } from './state';

const SPARK_POINTS = 16;

/** A run of words that agree whether quality is good enough, up to the newest: since when, and which event began it. */
type Run = { good: boolean; since: Stamp; begin: Score | Mark };

/** Index of the newest mark at or before `from` that says how good quality is; -1 for none. */
function lastWord(marks: readonly Mark[], from: number): number {
  let index = from;
  while (index >= 0 && !isWord(marks[index]?.kind)) index -= 1;
  return index;
}

function isWord(kind: MarkKind | undefined): boolean {
  return kind === 'degraded' || kind === 'warning' || kind === 'lift';
}

/**
 * Walks back from the newest word to where the run began. Scores, QUALITY_DEGRADED and LOW_QUALITY_DATA_WARNING are
 * words, and so is feedback that says that quality recovered. Of two at the same moment the one stored later counts.
 */
function currentRun({ scores, marks }: ConfigQuality, threshold: number): Run | null {
  let [score, mark] = [scores.length - 1, marks.length - 1];
  let run: Run | null = null;
  for (;;) {
    mark = lastWord(marks, mark);
    const [a, b] = [scores[score], marks[mark]];
    const takeScore = a !== undefined && (b === undefined || compareStamps(a, b) > 0);
    const word = takeScore ? a : b;
    if (word === undefined) return run;
    const good = takeScore ? isGood(a, threshold) : b?.kind === 'lift';
    if (run !== null && run.good !== good) return run;
    run = { good, since: word, begin: word };
    if (takeScore) score -= 1;
    else mark -= 1;
  }
}

/** The earliest mark of a kind that is newer than the stamp. */
function firstSince(marks: readonly Mark[], kind: MarkKind, since: Stamp): Mark | null {
  let found: Mark | null = null;
  for (let index = marks.length - 1; index >= 0; index -= 1) {
    const mark = marks[index];
    if (mark === undefined || mark.t < since.t) break;
    if (mark.kind === kind) found = mark;
  }
  return found;
}

/** The newest penalty, unless feedback or a full selfplay rate came after it. */
function penaltyInForce({ newest }: ConfigQuality): Mark | null {
  const penalty = newest.get('penalty');
  if (penalty === undefined) return null;
  const lift = newest.get('lift');
  if (lift !== undefined && compareStamps(lift, penalty) > 0) return null;
  const rate = newest.get('rate');
  const full = rate !== undefined && (rate.b ?? 0) >= 1 && compareStamps(rate, penalty) > 0;
  return full ? null : penalty;
}

/** The newest block, unless training went ahead or the quality it asked for was reached after it. */
function blockInForce(config: ConfigQuality): Mark | null {
  const block = config.newest.get('block');
  if (block === undefined || compareStamps(config.trained, block) > 0) return null;
  const latest = lastAverages(config.scores, 1)[0];
  const required = block.b ?? thresholdOf(config);
  return latest !== undefined && compareStamps(latest, block) > 0 && latest.q >= required ? null : block;
}

type Standing = { state: QualityStateName; event: EventRef | null };

function standingOf(name: string, config: ConfigQuality): Standing {
  const run = currentRun(config, thresholdOf(config));
  const at = (state: QualityStateName, mark: Mark): Standing => ({ state, event: refOfMark(mark, name) });
  const block = blockInForce(config);
  if (block !== null) return at('blocked', firstSince(config.marks, 'block', config.trained) ?? block);
  if (run === null) return { state: 'unknown', event: null };
  const penalty = penaltyInForce(config);
  if (run.good) return { state: penalty === null ? 'good' : 'recovering', event: refOfWord(run.begin, name) };
  const boost = config.newest.get('boost');
  const boosted = boost !== undefined && boost.t >= run.since.t && compareStamps(boost, config.explored) > 0;
  if (boosted && (penalty === null || compareStamps(boost, penalty) > 0)) return at('boosted', boost);
  if (penalty === null) return { state: 'degraded', event: refOfWord(run.begin, name) };
  return at('penalised', firstSince(config.marks, 'penalty', run.since) ?? penalty);
}

function refOfWord(word: Score | Mark, config: string): EventRef {
  return 'q' in word ? refOfScore(word, config) : refOfMark(word, config);
}

export function refOfScore(score: Score, config: string): EventRef {
  const event_type = score.kind === 'average' ? 'QUALITY_SCORE_UPDATED' : 'HIGH_QUALITY_DATA_AVAILABLE';
  return { event_id: score.id, seq: score.s, event_type, timestamp: score.t, config, node: null };
}

/** What page and REST receive of a config; undefined for one that has no entry. */
export function qualityEntity(state: QualityState, name: string): QualityEntity | undefined {
  const config = state.configs.get(name);
  if (config === undefined) return undefined;
  const { state: standing, event } = standingOf(name, config);
  const averages = lastAverages(config.scores, SPARK_POINTS);
  const latest = averages.at(-1);
  const ref = (mark: Mark | null | undefined) => (mark ? refOfMark(mark, name) : null);
  const [rate, boost] = [config.newest.get('rate'), config.newest.get('boost')];
  const penalty = penaltyInForce(config);
  return {
    config: name,
    state: standing,
    state_event: event,
    average: latest?.q ?? null,
    average_at: latest?.t ?? null,
    average_id: latest?.id ?? null,
    threshold: thresholdOf(config),
    threshold_stated: config.threshold.v !== null,
    required: config.newest.get('block')?.b ?? null,
    trend_per_hour: rounded(trendPerHour(config.scores), 1e4),
    spark: averages.map(({ q }) => rounded(q, 1e3) ?? 0),
    rate: rate?.b ?? null,
    rate_event: ref(rate),
    penalty: penalty?.b ?? null,
    penalty_event: ref(penalty),
    boost: boost?.b ?? null,
    boost_event: ref(boost),
    ...highOf(config),
    degraded: config.degraded,
    blocked: config.blocked,
    checks_failed: config.checksFailed,
  };
}

/** So that the same figure is not sent again for a digit nobody reads; adding 0 makes -0 a plain 0. */
function rounded(value: number | null, scale: number): number | null {
  return value === null ? null : Math.round(value * scale) / scale + 0;
}

function highOf({ high }: ConfigQuality) {
  const told = isSet(high);
  return {
    high_quality_at: told ? high.t : null,
    high_quality_id: told ? high.v.id : null,
    high_quality_count: high.v.count,
  };
}

/** A score with the event behind it, as charts and answers take it. */
export type ScorePoint = { t: number; q: number; id: string };

/** Averages of a config in time order, as far as they are kept. */
export function averagesOf(state: QualityState, name: string): ScorePoint[] {
  const scores = state.configs.get(name)?.scores ?? [];
  return scores.filter(isAverage).map(({ t, q, id }) => ({ t, q, id }));
}

/** What HIGH_QUALITY_DATA_AVAILABLE told of a config's quality, in time order, as far as it is kept. */
export function announcementsOf(state: QualityState, name: string): ScorePoint[] {
  const scores = state.configs.get(name)?.scores ?? [];
  return scores.flatMap(({ kind, t, q, id }) => (kind === 'high' && q !== null ? [{ t, q, id }] : []));
}
