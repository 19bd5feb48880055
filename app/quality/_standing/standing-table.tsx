'use client';

import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { cn } from '@/components/ui/cn';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatFixed, formatQuality, NONE } from '@/components/ui/format';
import { Spark } from '@/components/ui/values/spark';
import { Age } from '@/components/ui/time/time';
import type { FreshnessEntity, QualityEntity } from '@/domain/projections/quality/entities';
import { EventsLink } from './events-link';
import { Gauge } from './gauge';
import { linked } from '../refs';
import { compareStanding, marginOf, rankOf, STATE_LOOK } from '../states';
import { Trend } from './trend';

/** One config: where it stands, and how old its data is. */
export type StandingRow = { quality: QualityEntity; freshness: FreshnessEntity | undefined };

const made = new WeakMap<QualityEntity, StandingRow>();

/** The same object as before while both parts are the same, so that only rows that tell something new render. */
export function standingRow(quality: QualityEntity, freshness: FreshnessEntity | undefined): StandingRow {
  const before = made.get(quality);
  if (before !== undefined && before.freshness === freshness) return before;
  const row = { quality, freshness };
  made.set(quality, row);
  return row;
}

const COLUMNS: readonly Column<StandingRow>[] = [
  {
    id: 'config',
    header: 'Config',
    value: (row) => row.quality.config,
    cell: (row) => <ConfigCell row={row} />,
  },
  {
    id: 'state',
    header: 'State',
    hint: 'Where the config stands in the quality loop; sorts by how bad that is',
    value: (row) => rankOf(row.quality),
    cell: ({ quality }) => <StateBadge quality={quality} />,
  },
  {
    id: 'average',
    header: 'Average',
    hint: 'Newest average quality over its games, 0 to 1, against the threshold (the mark on the bar)',
    value: ({ quality }) => quality.average,
    cell: ({ quality }) => <AverageCell quality={quality} />,
  },
  {
    id: 'margin',
    header: 'Margin',
    align: 'right',
    hint: 'Average less threshold',
    value: ({ quality }) => (quality.average === null ? null : marginOf(quality)),
    cell: ({ quality }) => <Margin quality={quality} />,
  },
  {
    id: 'trend',
    header: 'Trend',
    hint: 'Change per hour: slope of a straight line through the last 12 averages; the small chart shows the last 16',
    value: ({ quality }) => quality.trend_per_hour,
    cell: ({ quality }) => <TrendCell quality={quality} />,
  },
  {
    id: 'since',
    header: 'Since',
    hint: 'The event that put it there',
    value: ({ quality }) => quality.state_event?.timestamp ?? null,
    time: true,
    cell: ({ quality }) => <EventLink event={quality.state_event} className="whitespace-nowrap" />,
  },
  {
    id: 'rate',
    header: 'Rate',
    align: 'right',
    hint: 'Selfplay rate: the multiplier after the newest SELFPLAY_RATE_CHANGED',
    value: ({ quality }) => quality.rate,
    cell: ({ quality }) => <Factor value={quality.rate} event={quality.rate_event} />,
  },
  {
    id: 'penalty',
    header: 'Penalty',
    align: 'right',
    hint: 'Factor of a penalty that has not been lifted',
    value: ({ quality }) => quality.penalty,
    cell: ({ quality }) => <Factor value={quality.penalty} event={quality.penalty_event} />,
  },
  {
    id: 'degraded',
    header: 'Reports',
    align: 'right',
    hint: 'QUALITY_DEGRADED since history began; training blocks and failed quality checks, where there were any',
    value: ({ quality }) => quality.degraded,
    cell: ({ quality }) => <Reports quality={quality} />,
  },
  {
    id: 'games',
    header: 'Newest games',
    hint: 'Age of the newest NEW_GAMES_AVAILABLE',
    value: ({ freshness }) => freshness?.games_at ?? null,
    time: true,
    cell: ({ freshness }) => (
      <EventLink
        event={linked('NEW_GAMES_AVAILABLE', freshness?.games_id ?? null, freshness?.games_at ?? null)}
        className="whitespace-nowrap"
      />
    ),
  },
];

/** What an operator learns in two seconds: every config against its threshold, the worst on top. */
export function StandingTable({ rows }: { rows: readonly StandingRow[] }) {
  const ranked = [...rows].sort((a, b) => compareStanding(a.quality, b.quality));
  return (
    <DataTable
      label="Quality by config"
      rows={ranked}
      rowKey={({ quality }) => quality.config}
      columns={COLUMNS}
      filter={rows.length > 12}
      maxHeight="30rem"
      empty={
        <Empty title="No quality has been told yet">
          A config appears with its first QUALITY_SCORE_UPDATED, or anything else that happens in its quality
          loop.
        </Empty>
      }
    />
  );
}

function ConfigCell({ row: { quality } }: { row: StandingRow }) {
  return <ConfigName name={quality.config} />;
}

function StateBadge({ quality }: { quality: QualityEntity }) {
  const { tone, label, says } = STATE_LOOK[quality.state];
  return (
    <Badge tone={tone} shape title={says}>
      {label}
    </Badge>
  );
}

function AverageCell({ quality }: { quality: QualityEntity }) {
  const { average, threshold, average_id, average_at } = quality;
  if (average === null || average_at === null) return <span className="text-faint">{NONE}</span>;
  return (
    <span className="flex items-center gap-2 whitespace-nowrap">
      <EventLink event={linked('QUALITY_SCORE_UPDATED', average_id, average_at)}>
        <span className="text-sm font-semibold text-fg">{formatQuality(average)}</span>
      </EventLink>
      <Gauge value={average} threshold={threshold} />
      <span className="text-2xs text-faint">
        <Age at={average_at} />
      </span>
    </span>
  );
}

function Margin({ quality }: { quality: QualityEntity }) {
  const { average, threshold } = quality;
  if (average === null) return <span className="text-faint">{NONE}</span>;
  const margin = average - threshold;
  return (
    <span
      className={cn('explained', margin < 0 && 'font-semibold text-bad')}
      title={`threshold ${threshold}${quality.threshold_stated ? '' : ', the usual one: no event of this config has stated it'}`}
    >
      {margin < 0 ? '−' : '+'}
      {formatQuality(Math.abs(margin))}
    </span>
  );
}

function TrendCell({ quality }: { quality: QualityEntity }) {
  return (
    <span className="flex items-center gap-2 whitespace-nowrap">
      <Spark
        values={quality.spark}
        zeroBased={false}
        width={84}
        label={`Last ${quality.spark.length} averages of ${quality.config}`}
      />
      <Trend perHour={quality.trend_per_hour} />
    </span>
  );
}

function Reports({
  quality: { config, degraded, blocked, checks_failed: failed },
}: {
  quality: QualityEntity;
}) {
  const parts: [string, number, string][] = [
    ['QUALITY_DEGRADED', degraded, ''],
    ['TRAINING_BLOCKED_BY_QUALITY', blocked, ' blocked'],
    ['QUALITY_CHECK_FAILED', failed, failed === 1 ? ' check failed' : ' checks failed'],
  ];
  const shown = parts.filter(([, count], index) => index === 0 || count > 0);
  return (
    <span className="flex justify-end gap-2 whitespace-nowrap">
      {shown.map(([type, count, word]) => (
        <EventsLink key={type} type={type} config={config} text={`${formatCount(count)}${word}`} />
      ))}
    </span>
  );
}

function Factor({ value, event }: { value: number | null; event: QualityEntity['rate_event'] }) {
  if (value === null || event === null) return <span className="text-faint">{NONE}</span>;
  return <EventLink event={event}>×{formatFixed(value, 2)}</EventLink>;
}
