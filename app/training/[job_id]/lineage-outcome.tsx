import { EventLink } from '@/components/live/event-link';
import { Badge } from '@/components/ui/signs/badge';
import { formatDuration, formatElo, formatPlural, formatWinRate } from '@/components/ui/format';
import { MODEL_TONE } from '@/components/ui/signs/tone';
import type { RunDetail } from '@/server/api/pages/training/run';
import { ModelLink } from '../looks';
import { Faint, Step } from './lineage-step';

export function EndStep({ run }: { run: RunDetail }) {
  const { entity, stop } = run;
  if (entity.ended_at === null) return null;
  const took = run.seconds === null ? '' : ` after ${formatDuration(run.seconds)}`;
  return (
    <Step
      name={entity.status === 'failed' ? 'Failed' : 'Completed'}
      at={entity.ended_at}
      eventId={run.ended_id}
    >
      {entity.status === 'failed' ? <span className="text-bad">{entity.error}</span> : 'with a model'}
      {took}
      {stop !== null && (
        <span className="block text-dim">
          Stopped early ({stop.reason})
          {stop.epochs !== null && ` after ${formatPlural(stop.epochs, 'epoch')}`}
          {stop.best !== null && `; it named epoch ${stop.best} its best`}
        </span>
      )}
    </Step>
  );
}

export function ModelStep({ run: { entity, model } }: { run: RunDetail }) {
  if (entity.model_id === null) return null;
  return (
    <Step name="Model" at={model?.promoted_at ?? model?.evaluated_at ?? null} eventId={null}>
      <ModelLink modelId={entity.model_id} />{' '}
      {model === null ? (
        <Faint>is not kept any more</Faint>
      ) : (
        <>
          <Badge tone={MODEL_TONE[model.status]} shape>
            {model.status.replaceAll('_', ' ')}
          </Badge>
          {model.elo !== null && ` Elo ${formatElo(model.elo)}`}
          {model.win_rate !== null && `, win rate ${formatWinRate(model.win_rate)}`}
        </>
      )}
    </Step>
  );
}

export function RollbackStep({ run: { rollback } }: { run: RunDetail }) {
  if (rollback === null) return null;
  const { needed, completed, severity, reason, to } = rollback;
  return (
    <Step
      name="Rolled back"
      at={(completed ?? needed)?.timestamp ?? null}
      eventId={(completed ?? needed)?.event_id ?? null}
    >
      {severity !== null && (
        <Badge tone={severity === 'critical' ? 'crit' : 'bad'} shape>
          {severity}
        </Badge>
      )}{' '}
      {reason?.replaceAll('_', ' ')}
      {completed === null ? (
        ': not done yet'
      ) : (
        <>
          , back to <ModelLink modelId={to} />
        </>
      )}
      {needed !== null && completed !== null && (
        <span className="block text-2xs text-faint">
          asked for <EventLink event={needed} />
        </span>
      )}
    </Step>
  );
}
