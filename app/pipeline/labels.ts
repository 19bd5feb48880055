import { humanise } from '@/components/ui/format';
import type { Tone } from '@/components/ui/signs/tone';
import { typesOfStage } from '@/domain/projections/pipeline/stages';
import { STAGES, type RunEntity, type StageId } from '@/domain/realtime/entities';
import type { DurationId } from '@/server/api/pages/pipeline/durations';

/** One name per stage, wherever this page names it. */
export const STAGE_LABEL = Object.fromEntries(STAGES.map((stage) => [stage, humanise(stage)])) as Readonly<
  Record<StageId, string>
>;

export const STATUS_TONE: Readonly<Record<RunEntity['status'], Tone>> = {
  active: 'busy',
  promoted: 'ok',
  rejected: 'warn',
  failed: 'bad',
  rolled_back: 'bad',
  stale: 'off',
};

/** What each duration runs from and to. */
export const DURATION_LABEL: Readonly<Record<DurationId, { name: string; means: string }>> = {
  selfplay: { name: 'Selfplay', means: 'the selfplay batch itself, as it says' },
  new_games: { name: 'New games', means: 'SELFPLAY_COMPLETE to NEW_GAMES_AVAILABLE' },
  sync: { name: 'Sync', means: 'NEW_GAMES_AVAILABLE to the DATA_SYNC_COMPLETED that brought these games' },
  export: { name: 'Export', means: 'that sync to NPZ_EXPORT_COMPLETE' },
  threshold: { name: 'Threshold', means: 'NPZ_EXPORT_COMPLETE to TRAINING_THRESHOLD_REACHED' },
  training: { name: 'Training', means: 'TRAINING_THRESHOLD_REACHED to TRAINING_COMPLETED' },
  evaluation: { name: 'Evaluation', means: 'TRAINING_COMPLETED to EVALUATION_COMPLETED' },
  promotion: { name: 'Promotion', means: 'EVALUATION_COMPLETED to the decision, for or against' },
  distribution: { name: 'Distribution', means: 'MODEL_PROMOTED to MODEL_DISTRIBUTION_COMPLETE' },
  total: { name: 'Run', means: 'TRAINING_THRESHOLD_REACHED to MODEL_PROMOTED' },
  lead: { name: 'Data to champion', means: 'SELFPLAY_COMPLETE to MODEL_PROMOTED' },
  training_run: { name: 'Training run', means: 'TRAINING_STARTED to TRAINING_COMPLETED' },
  evaluation_run: { name: 'Evaluation run', means: 'EVALUATION_STARTED to EVALUATION_COMPLETED' },
  sync_run: {
    name: 'Sync run',
    means: 'DATA_SYNC_STARTED to DATA_SYNC_COMPLETED, of any node; the newest 512',
  },
};

/** The feed of a stage's events; of one config where given. */
export function stageHref(stage: StageId, config: string | null): string {
  const types = typesOfStage(stage).join(',');
  return `/events?type=${types}${config === null ? '' : `&config=${encodeURIComponent(config)}`}`;
}
