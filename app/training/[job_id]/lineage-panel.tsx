import { memo } from 'react';
import { Badge } from '@/components/ui/signs/badge';
import { formatCount, formatDuration, formatPlural, formatQuality } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { RunDetail } from '@/server/api/pages/training/run';
import { EndStep, ModelStep, RollbackStep } from './lineage-outcome';
import { Faint, Step } from './lineage-step';

/** Where the run came from and what it led to, in the order of time: data, decision, training, model, fate. */
export const LineagePanel = memo(function LineagePanel({ run }: { run: RunDetail }) {
  return (
    <Panel title="From data to model" hint="each step opens its event" flush>
      <ol className="divide-y text-xs">
        <ExportStep run={run} />
        <BlockSteps run={run} />
        <TriggerStep run={run} />
        <StartStep run={run} />
        <EndStep run={run} />
        <ModelStep run={run} />
        <RollbackStep run={run} />
      </ol>
    </Panel>
  );
});

function ExportStep({ run }: { run: RunDetail }) {
  const data = run.export;
  if (data === null) {
    return (
      <Step name="Data" at={null} eventId={null}>
        <Faint>No export of the config is known before this run.</Faint>
      </Step>
    );
  }
  return (
    <Step name="Data" at={data.done ?? data.t} eventId={data.id}>
      {data.samples === null ? 'samples not told' : formatPlural(data.samples, 'sample')} of{' '}
      {data.games === null ? 'an unknown number of games' : formatPlural(data.games, 'game')}
      {data.seconds !== null && `, exported in ${formatDuration(data.seconds)}`}
      {data.path !== null && <span className="block font-mono text-2xs break-all text-dim">{data.path}</span>}
      <span className="block text-2xs text-faint">
        The newest export of the config before the run; no event names the job’s data.
        {data.done === null && ' Its end was reported without a config.'}
      </span>
    </Step>
  );
}

function BlockSteps({ run }: { run: RunDetail }) {
  return run.blocks.map((block) => (
    <Step key={block.ref.event_id} name="Blocked" at={block.t} eventId={block.ref.event_id}>
      <Badge tone="warn" shape>
        quality {formatQuality(block.quality)}
      </Badge>{' '}
      where {formatQuality(block.required)} is required
    </Step>
  ));
}

function TriggerStep({ run: { trigger } }: { run: RunDetail }) {
  if (trigger === null) {
    return (
      <Step name="Decided" at={null} eventId={null}>
        <Faint>No TRAINING_THRESHOLD_REACHED is known for this job.</Faint>
      </Step>
    );
  }
  const of = trigger.threshold === null ? '' : ` of ${formatCount(trigger.threshold)} needed`;
  return (
    <Step name="Decided" at={trigger.t} eventId={trigger.id}>
      {trigger.reason ?? 'reason not told'}:{' '}
      {trigger.games === null ? 'games not told' : `${formatPlural(trigger.games, 'game')}${of}`}
      {trigger.priority !== null && `, priority ${trigger.priority}`}
    </Step>
  );
}

function StartStep({ run: { entity, started_id: id, model_version: version, trigger } }: { run: RunDetail }) {
  const { started_at: at } = entity;
  if (at === null) {
    return (
      <Step name="Started" at={null} eventId={null}>
        <Faint>
          {entity.status === 'queued' ? 'Not yet.' : 'No TRAINING_STARTED is known for this job.'}
        </Faint>
      </Step>
    );
  }
  const wait = trigger === null || at < trigger.t ? null : at - trigger.t;
  return (
    <Step name="Started" at={at} eventId={id}>
      on <span className="font-mono">{entity.node ?? 'an unknown node'}</span>
      {version !== null && `, model version ${version}`}
      {wait !== null && `, ${formatDuration(wait)} after the decision`}
    </Step>
  );
}
