import type { ModelDetail } from '@/domain/projections/models';
import { MODEL_STATUSES } from '@/domain/realtime/entities';
import type { PageInput } from '../_client/page/page-search';

export type ModelStatus = ModelDetail['status'];

/** The order in which people ask for them: who plays, who may come, what went wrong. */
export const STATUS_ORDER: readonly ModelStatus[] = [
  'champion',
  'previous',
  'candidate',
  'evaluating',
  'evaluated',
  'trained',
  'retired',
  'rejected',
  'rolled_back',
  'corrupted',
];

/** Neither decided nor retired yet. */
const IN_PROGRESS: ReadonlySet<ModelStatus> = new Set(['candidate', 'evaluating', 'evaluated', 'trained']);

/** Models of the configs asked for whose last change lies in the stretch of time asked for. */
export function inScope(models: Iterable<ModelDetail>, { configs, since, until }: PageInput): ModelDetail[] {
  const wanted = new Set(configs);
  return [...models].filter(
    ({ config, updated_at: at }) =>
      (wanted.size === 0 || (config !== null && wanted.has(config))) &&
      (since === null || at >= since) &&
      (until === null || at <= until),
  );
}

/** The rows of the registry, last changed first. Every word of `q` must occur in the id, the config or the reason. */
export function listed(
  models: readonly ModelDetail[],
  statuses: readonly ModelStatus[],
  q: string,
): ModelDetail[] {
  const wanted = new Set(statuses);
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return models
    .filter((model) => {
      if (wanted.size > 0 && !wanted.has(model.status)) return false;
      const text = `${model.model_id}\n${model.config ?? ''}\n${model.reason ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => b.updated_at - a.updated_at);
}

/** Models per status; every status is there. */
export function countByStatus(models: readonly ModelDetail[]): Map<ModelStatus, number> {
  const counts = new Map<ModelStatus, number>(MODEL_STATUSES.map((status) => [status, 0]));
  for (const { status } of models) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

export type ConfigCounts = { inProgress: number; corrupted: number };

export function countByConfig(models: Iterable<ModelDetail>): Map<string, ConfigCounts> {
  const counts = new Map<string, ConfigCounts>();
  for (const { config, status } of models) {
    if (config === null) continue;
    const entry = counts.get(config) ?? { inProgress: 0, corrupted: 0 };
    if (IN_PROGRESS.has(status)) entry.inProgress += 1;
    if (status === 'corrupted') entry.corrupted += 1;
    counts.set(config, entry);
  }
  return counts;
}
