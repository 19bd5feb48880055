import {
  formatCount,
  formatDuration,
  formatElo,
  formatFixed,
  formatPercent,
  formatPlural,
  formatQuality,
  formatWinRate,
} from '@/components/ui/format';
import type { Tone } from '@/components/ui/signs/tone';
import type { EventRef } from '@/domain/realtime/entities';
import type { LifeStep, ModelLife } from '@/server/api/pages/models/life';

/** A step of the lineage; `figure` null: not known, and `missing` says what would tell. */
export interface LineageCard {
  readonly title: string;
  readonly tone: Tone;
  readonly figure: string | null;
  readonly unit: string | null;
  readonly details: readonly string[];
  readonly missing: string;
  readonly event: EventRef | null;
  readonly href: { readonly to: string; readonly text: string } | null;
}

type Filled = Partial<Omit<LineageCard, 'title' | 'missing'>>;

function card(title: string, missing: string, filled: Filled | null): LineageCard {
  const blank = { tone: 'off', figure: null, unit: null, details: [], event: null, href: null } as const;
  return { title, missing, ...blank, ...filled };
}

/** Only what is known, as lines. */
function lines(...given: readonly (string | null | false)[]): string[] {
  return given.filter((line): line is string => typeof line === 'string');
}

export function lineageCards(life: ModelLife): LineageCard[] {
  return [games(life), exported(life), training(life), evaluation(life), decision(life), nodes(life)];
}

function games({ lineage: { games: step, quality } }: ModelLife): LineageCard {
  const missing = 'No TRAINING_THRESHOLD_REACHED names its job.';
  if (step === null) return card('Games', missing, null);
  return card('Games', missing, {
    tone: 'ok',
    figure: formatCount(step.games),
    unit: 'games',
    details: lines(
      step.threshold !== null && `threshold ${formatCount(step.threshold)}`,
      quality !== null && quality.average !== null && `quality ${formatQuality(quality.average)} of 1`,
      quality !== null &&
        quality.high_share !== null &&
        `${formatPercent(quality.high_share)} of high quality`,
    ),
    event: step.event,
  });
}

function exported({ lineage: { export: step } }: ModelLife): LineageCard {
  const missing = 'No export of its config before the training.';
  if (step === null) return card('Export', missing, null);
  const [known, newest] = [step.samples !== null, 'the newest before the training'];
  return card('Export', missing, {
    tone: 'ok',
    figure: formatCount(known ? step.samples : step.games),
    unit: known ? 'samples' : 'games',
    details: known
      ? lines(
          step.games !== null && `from ${formatPlural(step.games, 'game')}`,
          step.seconds !== null && `in ${formatDuration(step.seconds)}`,
          newest,
        )
      : ['no event tells its samples', newest],
    event: step.event,
  });
}

function training({ lineage: { training: step } }: ModelLife): LineageCard {
  const missing = 'No TRAINING_COMPLETED names it.';
  if (step === null) return card('Training', missing, null);
  return card('Training', missing, {
    tone: step.failed ? 'bad' : 'ok',
    figure: step.seconds === null ? (step.failed ? 'failed' : 'done') : formatDuration(step.seconds),
    details: lines(
      step.epochs !== null && formatPlural(step.epochs, 'epoch'),
      step.val_loss !== null && `validation loss ${formatFixed(step.val_loss, 4)}`,
      step.train_loss !== null && `train loss ${formatFixed(step.train_loss, 4)}`,
      step.node !== null && `on ${step.node}`,
    ),
    event: step.ended,
    href:
      step.job_id === null
        ? null
        : {
            to: `/training/${encodeURIComponent(step.job_id.replace(/\p{Cs}/gu, '\ufffd'))}`,
            text: 'Training run',
          },
  });
}

function evaluation(life: ModelLife): LineageCard {
  const missing = 'No EVALUATION_STARTED or EVALUATION_COMPLETED yet.';
  const last = life.evaluations.at(-1);
  if (last === undefined) return card('Evaluations', missing, ratingOf(life.now));
  const running = last.ended_at === null;
  const of = last.games_planned === null ? '' : ` of ${formatCount(last.games_planned)}`;
  return card('Evaluations', missing, {
    tone: running ? 'busy' : 'ok',
    figure: running ? 'running' : formatElo(last.elo),
    unit: running ? null : 'Elo',
    details: lines(
      running && of !== ''
        ? `${formatCount(last.games ?? 0)}${of} games`
        : formatPlural(last.games ?? 0, 'game'),
      last.elo_delta !== null && `gain ${signed(last.elo_delta)} Elo`,
      last.win_rate !== null && `win rate ${formatWinRate(last.win_rate)}`,
      life.evaluations.length > 1 && `${formatCount(life.evaluations.length)} evaluations`,
    ),
    event: last.event,
  });
}

/** A rating without an evaluation that history knows: an ELO_UPDATED alone, or one before this history. */
function ratingOf(now: ModelLife['now']): Filled | null {
  if (now === null || now.elo === null) return null;
  return { tone: 'info', figure: formatElo(now.elo), unit: 'Elo', details: ['rated, no evaluation known'] };
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${formatFixed(Math.abs(value))}`;
}

const DECISIONS: Readonly<Record<string, { figure: string; tone: Tone }>> = {
  MODEL_PROMOTED: { figure: 'promoted', tone: 'ok' },
  PROMOTION_REJECTED: { figure: 'rejected', tone: 'warn' },
  PROMOTION_FAILED: { figure: 'failed', tone: 'bad' },
  PROMOTION_ROLLED_BACK: { figure: 'rolled back', tone: 'bad' },
  PROMOTION_CANDIDATE: { figure: 'candidate', tone: 'busy' },
  PROMOTION_STARTED: { figure: 'candidate', tone: 'busy' },
};

function decision({ steps, now, reigns }: ModelLife): LineageCard {
  const missing = 'Neither promoted nor rejected yet.';
  const last = steps.findLast((step) => step.role === 'own' && Object.hasOwn(DECISIONS, step.event_type));
  const shown = last && DECISIONS[last.event_type];
  if (last === undefined || shown === undefined) return card('Decision', missing, null);
  // What broke its file is no reason of the decision.
  const reason = now?.status === 'corrupted' ? null : (now?.reason?.replaceAll('_', ' ') ?? null);
  const replaced = reigns.at(-1)?.replaced ?? null;
  return card('Decision', missing, {
    ...shown,
    details: lines(
      reason,
      last.event_type === 'MODEL_PROMOTED' && replaced !== null && `replaced ${replaced}`,
    ),
    event: refOfStep(last),
  });
}

function refOfStep({ event_id, seq, event_type, timestamp, node }: LifeStep): EventRef {
  return { event_id, seq, event_type, timestamp, node, config: null };
}

function nodes({ now, holders, steps }: ModelLife): LineageCard {
  const missing = 'No MODEL_DISTRIBUTION_COMPLETE or P2P_MODEL_SYNCED names it.';
  const count = now?.holders ?? null;
  if (holders.length === 0 || count === null) return card('Nodes', missing, null);
  const of = (state: string): number => holders.filter((holder) => holder.state === state).length;
  const [synced, invalidated, corrupted] = [of('synced'), of('invalidated'), of('corrupted')];
  const last = steps.findLast(({ event_type: type }) => type === 'MODEL_DISTRIBUTION_COMPLETE');
  return card('Nodes', missing, {
    tone: corrupted > 0 ? 'crit' : count > 0 ? 'ok' : 'off',
    figure: formatCount(count),
    unit: count === 1 ? 'node' : 'nodes',
    details: lines(
      'hold a copy',
      synced > 0 && `${formatCount(synced)} from a peer`,
      invalidated > 0 && `${formatCount(invalidated)} invalidated`,
      corrupted > 0 && `${formatCount(corrupted)} corrupted`,
    ),
    event: last === undefined ? null : refOfStep(last),
  });
}
