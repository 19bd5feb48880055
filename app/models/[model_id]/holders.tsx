import Link from 'next/link';
import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { StatusDot } from '@/components/ui/signs/status-dot';
import { Time } from '@/components/ui/time/time';
import type { Tone } from '@/components/ui/signs/tone';
import type { Holder, ModelLife } from '@/server/api/pages/models/life';

const STATES: Readonly<Record<Holder['state'], { tone: Tone; label: string }>> = {
  distributed: { tone: 'ok', label: 'holds it' },
  synced: { tone: 'ok', label: 'holds it, from a peer' },
  invalidated: { tone: 'off', label: 'copy invalidated' },
  corrupted: { tone: 'crit', label: 'reported it corrupted' },
};

const COLUMNS: readonly Column<Holder>[] = [
  {
    id: 'node',
    header: 'Node',
    value: (row) => row.node,
    cell: (row) => (
      <Link
        href={`/nodes/${encodeURIComponent(row.node.replace(/\p{Cs}/gu, '\ufffd'))}`}
        prefetch={false}
        className="font-mono underline decoration-line-strong underline-offset-2 hover:text-accent"
      >
        {row.node}
      </Link>
    ),
  },
  {
    id: 'state',
    header: 'Copy',
    value: (row) => STATES[row.state].label,
    cell: (row) => <StatusDot tone={STATES[row.state].tone} label={STATES[row.state].label} />,
  },
  {
    id: 'at',
    header: 'Since',
    hint: 'Leads to the event',
    value: (row) => row.at,
    time: true,
    cell: (row) => (
      <Link
        href={`/events/${row.seq}`}
        prefetch={false}
        className="text-dim underline decoration-line-strong underline-offset-2 hover:text-accent"
      >
        <Time at={row.at} />
      </Link>
    ),
  },
];

/** Which nodes hold a copy, by the newest event that names each of them. */
export function Holders({ life: { holders, now, unplaced_invalidation: unplaced } }: { life: ModelLife }) {
  const forgotten = now !== null && now.holders === null;
  return (
    <Panel
      title="Nodes"
      hint={now?.holders == null ? undefined : `${formatCount(now.holders)} hold a copy`}
      flush
    >
      <DataTable
        label="Nodes that hold the model"
        rows={holders}
        rowKey={(row) => row.node}
        columns={COLUMNS}
        initialSort={{ id: 'node', desc: false }}
        maxHeight="20rem"
        empty={
          <Empty title={forgotten ? 'List not kept' : 'No copy known'}>
            {forgotten
              ? 'Lists of holders are kept for the models distributed last; the events still have this one.'
              : 'Nodes appear with a MODEL_DISTRIBUTION_COMPLETE or P2P_MODEL_SYNCED that names the model.'}
          </Empty>
        }
      />
      {unplaced !== null && holders.length > 0 && (
        <p className="border-t px-3 py-1.5 text-2xs text-dim">
          Its caches were invalidated at{' '}
          <EventLink event={unplaced}>
            <Time at={unplaced.timestamp} />
          </EventLink>{' '}
          without a word on which nodes: some of these copies may be void.
        </p>
      )}
    </Panel>
  );
}
