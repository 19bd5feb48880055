'use client';

import { memo } from 'react';
import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { ConfigName } from '@/components/ui/names/config-name';
import { Elapsed } from '@/components/ui/time/elapsed';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration, formatFixed, formatQuality, NONE } from '@/components/ui/format';
import { Time } from '@/components/ui/time/time';
import type { Episode, EpisodeStep } from '@/domain/projections/quality/entities';

const COLUMNS: readonly Column<Episode>[] = [
  {
    id: 'began',
    header: 'Began',
    hint: 'The first QUALITY_DEGRADED of the episode',
    value: ({ began }) => began.timestamp,
    time: true,
    cell: ({ began }) => (
      <EventLink event={began} className="whitespace-nowrap">
        <Time at={began.timestamp} />
      </EventLink>
    ),
  },
  {
    id: 'config',
    header: 'Config',
    value: ({ config }) => config,
    cell: ({ config }) => <ConfigName name={config} />,
  },
  {
    id: 'lowest',
    header: 'Cause: quality',
    hint: 'First reported → lowest reported, below the threshold; how often it was reported',
    value: ({ lowest }) => lowest,
    cell: (episode) => <Cause episode={episode} />,
  },
  stepColumn('penalty', 'Penalty', 'QUALITY_PENALTY_APPLIED: factor'),
  stepColumn('rate', 'Selfplay rate', 'SELFPLAY_RATE_CHANGED or a target changed for quality: from → to'),
  stepColumn('block', 'Training block', 'TRAINING_BLOCKED_BY_QUALITY: quality < required'),
  stepColumn('boost', 'Exploration', 'EXPLORATION_BOOST: factor'),
  {
    id: 'ended',
    header: 'Effect: recovered',
    hint: 'Time from the first report to the word that quality is back',
    value: ({ duration_s }) => duration_s,
    cell: (episode) => <Effect episode={episode} />,
  },
  {
    id: 'lifted',
    header: 'Penalty lifted',
    hint: 'QUALITY_FEEDBACK_ADJUSTED after it: time since the first report',
    value: ({ began, lifted }) => (lifted === null ? null : lifted.timestamp - began.timestamp),
    cell: ({ began, lifted }) => (
      <EventLink event={lifted} className="whitespace-nowrap">
        after {lifted === null ? '' : formatDuration(lifted.timestamp - began.timestamp)}
      </EventLink>
    ),
  },
  {
    id: 'relapse',
    header: 'Reported again',
    hint: 'The next QUALITY_DEGRADED of the config: time since quality was back',
    value: ({ ended, relapse }) =>
      ended === null || relapse === null ? null : relapse.timestamp - ended.timestamp,
    cell: ({ ended, relapse }) => (
      <EventLink event={relapse} className="whitespace-nowrap">
        after {ended === null || relapse === null ? '' : formatDuration(relapse.timestamp - ended.timestamp)}
      </EventLink>
    ),
  },
];

/** Cause, action, effect: one episode per row, every step a link to its event. */
export const EpisodesTable = memo(function EpisodesTable({ rows }: { rows: readonly Episode[] }) {
  return (
    <DataTable
      label="Episodes of degraded quality"
      rows={rows}
      rowKey={({ began }) => began.event_id}
      columns={COLUMNS}
      initialSort={{ id: 'began', desc: true }}
      filter
      maxHeight="26rem"
      empty={
        <Empty title="No episode in this stretch">
          One begins with a QUALITY_DEGRADED that names its config, and ends when an average reaches the
          threshold again.
        </Empty>
      }
    />
  );
});

function stepColumn(kind: EpisodeStep['kind'], header: string, hint: string): Column<Episode> {
  const of = ({ steps }: Episode): EpisodeStep[] =>
    steps.filter(
      (step) =>
        step.kind === kind || (kind === 'rate' && (step.kind === 'target' || step.kind === 'feedback')),
    );
  return {
    id: kind,
    header,
    hint,
    value: (episode) =>
      of(episode)
        .map((step) => stepText(step))
        .join(', ') || null,
    cell: (episode) => <Steps steps={of(episode)} began={episode.began.timestamp} />,
  };
}

function stepText({ kind, from, to }: EpisodeStep, before?: EpisodeStep): string {
  if (kind === 'penalty' || kind === 'boost') return to === null ? kind : `×${formatFixed(to, 2)}`;
  const figure = (value: number | null): string => (value === null ? '?' : String(value));
  if (kind === 'block') return `${figure(from)} < ${figure(to)}`;
  const goesOn = before?.kind === kind && before.to === from;
  return `${kind === 'rate' || goesOn ? '' : `${kind} `}${goesOn ? '' : `${figure(from)} `}→ ${figure(to)}`;
}

/** With more the effect, the last word of a row, leaves the screen. */
const SHOWN_STEPS = 2;

/** In the order of events; a change that goes on from the last one is told by its end alone. */
function Steps({ steps, began }: { steps: readonly EpisodeStep[]; began: number }) {
  const first = steps[0];
  if (first === undefined) return <span className="text-faint">{NONE}</span>;
  const delay = first.event.timestamp - began;
  return (
    <span className="flex gap-x-1.5 whitespace-nowrap">
      {steps.slice(0, SHOWN_STEPS).map((step, index) => (
        <EventLink key={step.event.event_id} event={step.event}>
          {stepText(step, steps[index - 1])}
        </EventLink>
      ))}
      {steps.length > SHOWN_STEPS && (
        <span className="text-faint" title={`${steps.length - SHOWN_STEPS} more: the copied table has all`}>
          +{steps.length - SHOWN_STEPS}
        </span>
      )}
      {delay >= 1 && <span className="text-faint">after {formatDuration(delay)}</span>}
    </span>
  );
}

function Cause({ episode }: { episode: Episode }) {
  const { quality, lowest, threshold, reports } = episode;
  return (
    <span className="whitespace-nowrap">
      {quality === null ? 'no score told' : formatQuality(quality)}
      {lowest !== quality && ` → ${formatQuality(lowest)}`}
      <span className="text-faint">
        {quality === null ? `, threshold ${String(threshold)}` : ` < ${String(threshold)}`}
      </span>
      {reports > 1 && <span className="text-2xs text-faint"> · {reports} reports</span>}
    </span>
  );
}

function Effect({ episode: { began, ended, ended_quality, duration_s } }: { episode: Episode }) {
  if (ended === null || duration_s === null)
    return (
      <Badge tone="warn" shape>
        not yet, for <Elapsed at={began.timestamp} />
      </Badge>
    );
  return (
    <span className="whitespace-nowrap">
      <EventLink event={ended}>after {formatDuration(duration_s)}</EventLink>
      {ended_quality !== null && <span className="text-faint"> at {formatQuality(ended_quality)}</span>}
    </span>
  );
}
