import Link from 'next/link';
import { useMemo } from 'react';
import { EventLink } from '@/components/live/event-link';
import { ModelLink } from '@/components/models/model-link';
import { RatedModel } from '@/components/models/rated-model';
import { DataTable, type Column } from '@/components/table/data-table';
import { RowButton } from '@/components/table/row-button';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatElo } from '@/components/ui/format';
import { Spark } from '@/components/ui/values/spark';
import { Time } from '@/components/ui/time/time';
import type { ConfigEntity } from '@/domain/realtime/entities';
import type { ConfigCounts } from './registry';

export type ConfigRow = ConfigEntity & ConfigCounts;

function eventsHref(type: string, config: string): string {
  return `/events?${new URLSearchParams({ type, config }).toString()}`;
}

/** A column of decisions: the number leads to the events behind it. */
function decisions(
  id: 'promotions' | 'rejections' | 'rollbacks',
  header: string,
  type: string,
): Column<ConfigRow> {
  return {
    id,
    header,
    hint: `${type} since history began`,
    align: 'right',
    value: (row) => row[id],
    cell: (row) =>
      row[id] === 0 ? (
        <span className="text-faint">0</span>
      ) : (
        <Link
          href={eventsHref(type, row.config)}
          prefetch={false}
          className="underline decoration-line-strong underline-offset-2 hover:text-accent"
        >
          {formatCount(row[id])}
        </Link>
      ),
  };
}

const COLUMNS: readonly Column<ConfigRow>[] = [
  {
    id: 'config',
    header: 'Config',
    value: (row) => row.config,
    cell: (row) => <ConfigName name={row.config} />,
  },
  {
    id: 'champion',
    header: 'Champion',
    value: (row) => row.champion,
    cell: (row) => <ModelLink id={row.champion} className="font-medium" />,
  },
  {
    id: 'since',
    header: 'Since',
    hint: 'When it became champion; leads to the event',
    value: (row) => row.champion_since,
    time: true,
    cell: (row) => (
      <EventLink event={row.champion_event} className="whitespace-nowrap">
        {row.champion_since !== null && <Time at={row.champion_since} />}
      </EventLink>
    ),
  },
  {
    id: 'previous',
    header: 'Previous',
    hint: 'Where a rollback without a target leads',
    value: (row) => row.previous,
    cell: (row) => <ModelLink id={row.previous} className="text-dim" />,
  },
  {
    id: 'elo',
    header: 'Elo now',
    hint: 'Newest rating of the config, also of a model that was turned down',
    align: 'right',
    value: (row) => row.elo,
    cell: (row) => (
      <>
        {formatElo(row.elo)}
        <RatedModel config={row} />
      </>
    ),
  },
  {
    id: 'trend',
    header: 'Elo trend',
    hint: 'The last 60 ratings',
    value: () => null,
    cell: (row) => (
      <Spark
        values={row.elo_spark.map(([, elo]) => elo)}
        zeroBased={false}
        label={`Elo of ${row.config}, ${row.elo_spark.length} points`}
      />
    ),
  },
  {
    id: 'inProgress',
    header: 'In progress',
    hint: 'Trained, evaluating, evaluated or candidate: not decided yet',
    align: 'right',
    value: (row) => row.inProgress,
  },
  decisions('promotions', 'Promoted', 'MODEL_PROMOTED'),
  decisions('rejections', 'Rejected', 'PROMOTION_REJECTED'),
  decisions('rollbacks', 'Rolled back', 'PROMOTION_ROLLED_BACK'),
  {
    id: 'corrupted',
    header: 'Corrupted',
    hint: 'Models whose file is reported broken and not restored',
    align: 'right',
    value: (row) => row.corrupted,
  },
];

/** The figures, and the button with which an earlier champion returns. */
function columnsWith(onRollback: (model: string) => void): Column<ConfigRow>[] {
  const act: Column<ConfigRow> = {
    id: 'act',
    header: 'Act',
    hint: 'Opens the evidence; nothing happens before it is confirmed',
    value: () => null,
    cell: ({ champion, previous }) =>
      champion === null || previous === null ? null : (
        <RowButton label={`Roll back ${champion}…`} onClick={() => onRollback(champion)}>
          Roll back…
        </RowButton>
      ),
  };
  return [...COLUMNS.slice(0, 2), act, ...COLUMNS.slice(2)];
}

/** Beyond these they scroll by themselves, so that the registry stays in reach. */
const MANY = 12;

/** Who is champion of each config, and how decisions went. */
export function ConfigsTable({
  rows,
  onRollback,
}: {
  rows: readonly ConfigRow[];
  /** Null for who may not: then there is no such column. */
  onRollback: ((model: string) => void) | null;
}) {
  const columns = useMemo(() => (onRollback === null ? COLUMNS : columnsWith(onRollback)), [onRollback]);
  return (
    <DataTable
      label="Champions by config"
      rows={rows}
      rowKey={(row) => row.config}
      columns={columns}
      initialSort={{ id: 'config', desc: false }}
      filter={rows.length > MANY}
      maxHeight={rows.length > MANY ? '26rem' : undefined}
      empty={<Empty title="No config yet">One appears with the first MODEL_PROMOTED or ELO_UPDATED.</Empty>}
    />
  );
}
