import type { EventRow, Severity } from '@/domain/events/envelope';
import { SEVERITIES } from '@/domain/events/envelope';
import type { NodesSummary } from '@/domain/projections/nodes/summary';
import type { ConfigEntity, ProblemEntity, RunEntity } from '@/domain/realtime/entities';
import { byName } from '@/domain/text/order';
import { formatCount } from '../ui/format';

const loudness = (severity: Severity): number => SEVERITIES.indexOf(severity);

/**
 * Worst first; of equally bad ones the newest, which nobody has looked at yet, by when it began, so that two lines do not
 * change places while their problems go on. Those that somebody takes care of come last.
 */
export function worstFirst(problems: Iterable<ProblemEntity>): ProblemEntity[] {
  return [...problems].sort(
    (a, b) =>
      Number(isSeen(a)) - Number(isSeen(b)) ||
      loudness(b.severity) - loudness(a.severity) ||
      b.since - a.since ||
      compare(a.id, b.id),
  );
}

/** Whether somebody said that they take care of it. */
export const isSeen = ({ acknowledged }: ProblemEntity): boolean => acknowledged != null;

/** Where a problem is explained: its subject's own page where it has one, else the page of its kind, about its config. */
export function explainedAt({ subject_kind: kind, subject, page }: ProblemEntity): string {
  const own = encodeURIComponent(subject);
  if (kind === 'node') return `/nodes/${own}`;
  if (kind === 'model') return `/models/${own}`;
  return kind === 'config' ? `${page}?config=${own}` : page;
}

/** What the figure leaves open: how many are down, silent, up but not well, and how many can hardly take their load. */
export function nodesHint({ up, total, stale, impaired, pressed }: NodesSummary): string {
  const counts = [
    [total - up - stale, 'down'],
    [stale, 'stale'],
    [impaired, 'impaired'],
    [pressed, 'under pressure'],
  ] as const;
  const parts = counts.flatMap(([count, what]) => (count > 0 ? [`${formatCount(count)} ${what}`] : []));
  return total === 0 ? 'none seen yet' : parts.length === 0 ? 'none down or impaired' : parts.join(', ');
}

/** The config whose current rating is highest; undefined before the first rating. */
export function bestRated(configs: Iterable<ConfigEntity>): ConfigEntity | undefined {
  let best: ConfigEntity | undefined;
  for (const config of configs)
    if (config.elo !== null && config.elo > (best?.elo ?? -Infinity)) best = config;
  return best;
}

/** Where a run is explained: its model's life once there is a model, until then its training. */
export function runExplainedAt({
  run_id: run,
  model_id: model,
}: Pick<RunEntity, 'run_id' | 'model_id'>): string {
  return model === null ? `/training/${encodeURIComponent(run)}` : `/models/${encodeURIComponent(model)}`;
}

export function byConfig(configs: Iterable<ConfigEntity>): ConfigEntity[] {
  return [...configs].sort((a, b) => byName(a.config, b.config));
}

/** Runs under way, the latest start first: their order does not change while they run. */
export function activeRuns(runs: Iterable<RunEntity>): RunEntity[] {
  return [...runs]
    .filter((run) => run.status === 'active')
    .sort((a, b) => b.started_at - a.started_at || compare(a.run_id, b.run_id));
}

/** The newest `limit` of what is held and what came, newest first, each seq once. */
export function mergeNewest(held: readonly EventRow[], came: readonly EventRow[], limit: number): EventRow[] {
  const newest = held[0]?.seq ?? 0;
  const fresh = came.filter((row) => row.seq > newest).sort((a, b) => b.seq - a.seq);
  return [...fresh, ...held].slice(0, limit);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
