import type { Stamp } from '../shared/order';
import type { Episode, EpisodeStep } from './entities';
import { thresholdOf } from './loop';
import { refOfMark, type Mark, type MarkKind } from './marks';
import { isGood, type Score } from './scores';
import { refOfScore } from './standing';
import type { ConfigQuality } from './state';

/** The newest episodes that are told of a config. */
export const MAX_EPISODES = 200;
const MAX_STEPS = 24;

type Entry = { mark: Mark; score: null } | { mark: null; score: Score };

/**
 * At one moment a score comes before the report that it caused, and the report before the reactions, whatever the order in
 * which their producers got through.
 */
const RANK: Readonly<Record<MarkKind, number>> = {
  degraded: 1,
  warning: 2,
  penalty: 3,
  rate: 3,
  target: 3,
  feedback: 3,
  block: 3,
  boost: 3,
  check: 3,
  lift: 4,
};

function stampOf(entry: Entry): Stamp {
  return entry.score ?? entry.mark;
}

function rankOf({ mark }: Entry): number {
  return mark === null ? 0 : RANK[mark.kind];
}

function timeline({ marks, scores }: ConfigQuality): Entry[] {
  const first = marks.find(({ kind }) => kind === 'degraded');
  if (first === undefined) return [];
  const entries: Entry[] = marks.map((mark) => ({ mark, score: null }));
  for (const score of scores) if (score.t >= first.t) entries.push({ mark: null, score });
  return entries.sort((x, y) => {
    const [a, b] = [stampOf(x), stampOf(y)];
    return a.t - b.t || rankOf(x) - rankOf(y) || a.s - b.s;
  });
}

/**
 * The spells below the threshold of a config, oldest first. One begins with a QUALITY_DEGRADED and ends with the first
 * word that quality is back: an average at or above the threshold that the report named, HIGH_QUALITY_DATA_AVAILABLE, or
 * feedback that quality recovered. What the cluster did to the config in between are its steps. They followed the report;
 * that they were caused by it, no event says.
 */
export function episodesOf(name: string, config: ConfigQuality): Episode[] {
  const found: Episode[] = [];
  for (const { mark, score } of timeline(config)) {
    const last = found.at(-1);
    const open = last?.ended === null ? last : undefined;
    if (score !== null) {
      if (open !== undefined && isGood(score, open.threshold)) end(open, refOfScore(score, name), score.q);
    } else if (mark.kind === 'degraded') {
      if (open !== undefined) report(open, mark);
      else found.push(begin(name, mark, last, thresholdOf(config)));
    } else if (mark.kind === 'lift') {
      if (open !== undefined) end(open, refOfMark(mark, name), null);
      if (last !== undefined) last.lifted ??= refOfMark(mark, name);
    } else if (open !== undefined) react(open, mark, name);
  }
  return found.slice(-MAX_EPISODES);
}

function begin(config: string, mark: Mark, before: Episode | undefined, usual: number): Episode {
  const began = refOfMark(mark, config);
  if (before !== undefined) before.relapse = began;
  return {
    config,
    began,
    quality: mark.a,
    lowest: mark.a,
    threshold: mark.b ?? usual,
    drop_pct: mark.c,
    reports: 1,
    warnings: 0,
    steps: [],
    more_steps: 0,
    ended: null,
    ended_quality: null,
    duration_s: null,
    lifted: null,
    relapse: null,
  };
}

function report(episode: Episode, mark: Mark): void {
  episode.reports += 1;
  episode.threshold = mark.b ?? episode.threshold;
  if (mark.a !== null) episode.lowest = Math.min(episode.lowest ?? mark.a, mark.a);
}

function react(episode: Episode, mark: Mark, config: string): void {
  if (mark.kind === 'warning') episode.warnings += 1;
  if (!isStep(mark.kind)) return;
  if (episode.steps.length >= MAX_STEPS) episode.more_steps += 1;
  else episode.steps.push({ kind: mark.kind, event: refOfMark(mark, config), from: mark.a, to: mark.b });
}

function isStep(kind: MarkKind): kind is EpisodeStep['kind'] {
  return kind !== 'degraded' && kind !== 'warning' && kind !== 'check' && kind !== 'lift';
}

function end(episode: Episode, ended: Episode['ended'] & object, quality: number | null): void {
  episode.ended = ended;
  episode.ended_quality = quality;
  episode.duration_s = ended.timestamp - episode.began.timestamp;
}
